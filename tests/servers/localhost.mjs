import dns from "node:dns";

// Names below localhost are this machine, regardless of the resolver (RFC 6761, 6.3).
const { lookup } = dns;
dns.lookup = (name, ...rest) => lookup(/\.localhost$/.test(name) ? "127.0.0.1" : name, ...rest);
