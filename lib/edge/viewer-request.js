import cf from "cloudfront";

// CloudFront Functions, JavaScript runtime 2.0: no destructuring, spread, for-of, ?. or default parameters.
var VERSION = /^\d+\.\d+\.\d+$/;
var TABLE = /^[A-Za-z][A-Za-z0-9_-]*$/;
var RANGE = /^(latest|\d+|\d+\.\d+)$/;

function answer(status, text, more) {
  var headers = {
    "access-control-allow-origin": { value: "*" },
    "access-control-expose-headers": { value: "Content-Range, Accept-Ranges, Content-Length, ETag" },
    "x-content-type-options": { value: "nosniff" },
  };
  var names = Object.keys(more);
  for (var i = 0; i < names.length; i += 1) headers[names[i]] = { value: more[names[i]] };
  var response = { statusCode: status, headers: headers };
  if (text) {
    headers["content-type"] = { value: "text/plain; charset=utf-8" };
    response.body = { encoding: "text", data: text };
  }
  return response;
}

async function look(key) {
  try {
    var value = await cf.kvs().get(key);
    return value;
  } catch (error) {
    // get() throws where the key is not there, and CloudFront documents no other way to tell why.
    return undefined;
  }
}

function query(request) {
  var parts = [];
  var names = Object.keys(request.querystring);
  for (var i = 0; i < names.length; i += 1) {
    var entry = request.querystring[names[i]];
    var values = entry.multiValue || [entry];
    for (var j = 0; j < values.length; j += 1) parts.push(names[i] + (values[j].value ? "=" + values[j].value : ""));
  }
  return parts.length > 0 ? "?" + parts.join("&") : "";
}

function pass(request, uri) {
  request.uri = uri;
  request.querystring = {};
  return request;
}

async function missing(dataset, wanted) {
  var newest = await look(dataset + "/latest");
  var text = newest
    ? "There is no " +
      wanted +
      " of " +
      dataset +
      ". The newest version is " +
      newest +
      ": /" +
      dataset +
      "/" +
      newest +
      "/\nAll versions: /" +
      dataset +
      "/releases.json\n"
    : "There is no dataset of that name here. The datasets: /\n";
  return answer(404, text, { "cache-control": "public, max-age=10" });
}

async function asOf(dataset, day) {
  var today = new Date().toISOString().slice(0, 10);
  var span = await look(dataset + "/as-of");
  if (!span) return undefined;
  var month = day.slice(0, 7);
  if (day >= today || month > span.slice(8)) {
    var newest = await look(dataset + "/latest");
    return newest;
  }
  var days = await look(dataset + "/as-of/" + month);
  if (!days) return undefined;
  var found;
  var list = days.split(";");
  for (var i = 0; i < list.length; i += 1) if (list[i].slice(0, 2) <= day.slice(8)) found = list[i].slice(3);
  return found;
}

function isDay(text) {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !isNaN(Date.parse(text)) && new Date(text).toISOString().slice(0, 10) === text;
}

async function handler(event) {
  var request = event.request;
  var uri = request.uri;
  if (request.method === "OPTIONS")
    return answer(204, "", {
      "access-control-allow-methods": "GET, HEAD",
      "access-control-allow-headers": "Range, If-Match, If-None-Match, If-Range",
      "access-control-max-age": "86400",
      "cache-control": "public, max-age=86400",
    });
  if (request.method !== "GET" && request.method !== "HEAD")
    return answer(405, "Only GET, HEAD and OPTIONS are answered here.\n", { allow: "GET, HEAD, OPTIONS" });
  if (uri === "/") return pass(request, "/pages/index.html");
  if (uri === "/robots.txt" || uri === "/sitemap.xml" || uri === "/site.json") return pass(request, "/pages" + uri);
  if (uri === "/verify/") return pass(request, "/pages/verify/index.html");
  var parts = uri.slice(1).split("/");
  var dataset = parts[0];
  if (dataset === "assets" || dataset === ".well-known") return pass(request, uri);
  if (dataset === "pages" || dataset.charAt(0) === ".") return missing("", uri);
  if (parts.length === 1) return answer(302, "", { location: uri + "/" + query(request), "cache-control": "public, max-age=60" });
  if (parts.length === 2 && (parts[1] === "releases.json" || parts[1] === "feed.xml")) return pass(request, uri);
  if (parts.length === 2 && parts[1] === "") {
    var known = await look(dataset + "/mark");
    return known ? pass(request, "/pages/" + dataset + "/index.html") : missing(dataset, "page");
  }
  var wanted = parts[1];
  var rest = parts.slice(2).join("/");
  if (VERSION.test(wanted)) {
    var state = await look(dataset + "/" + wanted);
    if (!state) return missing(dataset, "version " + wanted);
    if (state.slice(0, 8) === "removed " && rest !== "" && rest !== "SHA256SUMS" && rest !== "datapackage.json")
      return answer(410, "Version " + wanted + " of " + dataset + " was removed: " + state.slice(8) + "\n", {
        "cache-control": "public, max-age=10",
      });
    if (parts.length === 2) return answer(302, "", { location: uri + "/" + query(request), "cache-control": "public, max-age=60" });
    return pass(request, rest === "" ? "/pages/" + dataset + "/" + wanted + "/index.html" : uri);
  }
  var version;
  if (wanted === "as-of" && isDay(parts[2] || "")) {
    version = await asOf(dataset, parts[2]);
    wanted = "release as of " + parts[2];
    rest = parts.slice(3).join("/");
  } else if (RANGE.test(wanted)) {
    version = await look(dataset + "/" + wanted);
    wanted = "version " + wanted;
  }
  if (!version && TABLE.test(wanted) && !RANGE.test(wanted) && (parts[1] === "explorer" || rest.slice(-1) === "/")) {
    // Pages beside those of versions: of a table's subjects, and what they fetch.
    var present = await look(dataset + "/mark");
    if (present) return pass(request, "/pages" + uri + (rest.slice(-1) === "/" ? "index.html" : ""));
  }
  if (!version) return missing(dataset, wanted);
  return answer(302, "", { location: "/" + dataset + "/" + version + "/" + rest + query(request), "cache-control": "public, max-age=60" });
}
