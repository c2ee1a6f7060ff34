import cf from "cloudfront";

// CloudFront Functions, JavaScript runtime 2.0: no destructuring, spread, for-of, ?. or default parameters; at most 10 kB.
var VERSION = /^\d+\.\d+\.\d+$/;
var TABLE = /^[A-Za-z][A-Za-z0-9_-]*$/;
var RANGE = /^(latest|\d+|\d+\.\d+)$/;
var ICEBERG_FILE = /^iceberg(-s3)?\/[A-Za-z][A-Za-z0-9_-]*\/metadata\/[^/]+$/;
/** The picture of a page, in its folder. */
var PICTURE = /\/card\.png$/;
var DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Files of a removed release that stay. */
var TOMBSTONE_FILES = ["", "SHA256SUMS", "datapackage.json"];
/** Addresses that name no dataset. */
var SITE_FILES = {
  "/": "/pages/index.html",
  // CloudFront may put in the default root object before it calls this function.
  "/pages/index.html": "/pages/index.html",
  "/robots.txt": "/pages/robots.txt",
  "/sitemap.xml": "/pages/sitemap.xml",
  "/site.json": "/pages/site.json",
  "/verify/": "/pages/verify/index.html",
};
var PREFLIGHT = {
  "access-control-allow-methods": "GET, HEAD, OPTIONS",
  "access-control-allow-headers": "*",
  "access-control-max-age": "86400",
  "cache-control": "public, max-age=86400",
};

function respond(status, text, extraHeaders) {
  var headers = {
    "access-control-allow-origin": { value: "*" },
    "access-control-expose-headers": { value: "Content-Range, Accept-Ranges, Content-Length, ETag" },
    "x-content-type-options": { value: "nosniff" },
  };
  var names = Object.keys(extraHeaders);
  for (var i = 0; i < names.length; i += 1) headers[names[i]] = { value: extraHeaders[names[i]] };
  var response = { statusCode: status, headers: headers };
  if (text) {
    headers["content-type"] = { value: "text/plain; charset=utf-8" };
    response.body = { encoding: "text", data: text };
  }
  return response;
}

/**
 * The value of a key; undefined if there is none. CloudFront documents that get() rejects for a missing key, but not how that
 * differs from a failure, so exists() decides.
 */
async function lookUp(key) {
  var kvs = cf.kvs();
  try {
    var value = await kvs.get(key);
    return value;
  } catch (error) {
    var missing = await isMissing(kvs, key);
    if (missing) return undefined;
    throw storeFailure(error);
  }
}

async function isMissing(kvs, key) {
  try {
    var exists = await kvs.exists(key);
    return !exists;
  } catch (error) {
    throw storeFailure(error);
  }
}

function storeFailure(cause) {
  var failure = new Error("The KeyValueStore failed: " + cause);
  failure.isStoreFailure = true;
  return failure;
}

function queryOf(request) {
  var parts = [];
  var names = Object.keys(request.querystring);
  for (var i = 0; i < names.length; i += 1) {
    var entry = request.querystring[names[i]];
    var values = entry.multiValue || [entry];
    for (var j = 0; j < values.length; j += 1) parts.push(names[i] + (values[j].value ? "=" + values[j].value : ""));
  }
  return parts.length > 0 ? "?" + parts.join("&") : "";
}

/** Lets the request through to the store, for this key. */
function forward(request, uri) {
  request.uri = uri;
  request.querystring = {};
  return request;
}

function redirect(request, path) {
  return respond(302, "", { location: path + queryOf(request), "cache-control": "public, max-age=60" });
}

/** A browser gets the error page: the store has no file of this name. Programs get a line of text, which names the newest version. */
async function notFound(request, dataset, wanted) {
  var accept = request.headers.accept;
  if (accept && accept.value.indexOf("text/html") >= 0) return forward(request, "/pages/404");
  var newest = await lookUp(dataset + "/latest");
  var text = "There is no dataset of that name here. The datasets: /\n";
  if (newest)
    text =
      "There is no " +
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
      "/releases.json\n";
  return respond(404, text, { "cache-control": "public, max-age=10" });
}

function isDay(text) {
  return DAY.test(text) && !isNaN(Date.parse(text)) && new Date(text).toISOString().slice(0, 10) === text;
}

/** `days` lists the releases of a month, oldest first: "05 1.0.0;20 1.1.0". */
function newestUpTo(days, dayOfMonth) {
  var version;
  var entries = days.split(";");
  for (var i = 0; i < entries.length; i += 1) if (entries[i].slice(0, 2) <= dayOfMonth) version = entries[i].slice(3);
  return version;
}

/** The version that was the newest at the end of a day; undefined if there was none. */
async function versionAsOf(dataset, day) {
  var months = await lookUp(dataset + "/as-of");
  if (!months) return undefined;
  var today = new Date().toISOString().slice(0, 10);
  var month = day.slice(0, 7);
  var lastMonth = months.slice(8);
  if (day >= today || month > lastMonth) return lookUp(dataset + "/latest");
  var days = await lookUp(dataset + "/as-of/" + month);
  return days ? newestUpTo(days, day.slice(8)) : undefined;
}

/** /NAME/ */
async function answerDataset(request, dataset) {
  var isPublished = await lookUp(dataset + "/mark");
  return isPublished ? forward(request, "/pages/" + dataset + "/index.html") : notFound(request, dataset, "page");
}

/** /NAME/1.2.3, /NAME/1.2.3/ and the files below it. */
async function answerVersion(request, dataset, version, rest) {
  var state = await lookUp(dataset + "/" + version);
  if (!state) return notFound(request, dataset, "version " + version);
  if (state.slice(0, 8) === "removed " && TOMBSTONE_FILES.indexOf(rest) < 0)
    return respond(410, "Version " + version + " of " + dataset + " was removed: " + state.slice(8) + "\n", {
      "cache-control": "public, max-age=10",
    });
  var folder = "/" + dataset + "/" + version;
  if (request.uri === folder) return redirect(request, folder + "/");
  if (rest === "card.png") return forward(request, "/pages" + request.uri);
  return forward(request, rest === "" ? "/pages" + folder + "/index.html" : request.uri);
}

/** Pages beside those of versions: of subjects, sources and cards with their pictures, lists, and what the explorer fetches. Files of Iceberg tables have the key of their address. */
async function answerPage(request, dataset, folder, rest) {
  if (ICEBERG_FILE.test(folder + "/" + rest)) return forward(request, request.uri);
  var isFolder = request.uri.slice(-1) === "/";
  if (!TABLE.test(folder) || (folder !== "explorer" && !isFolder && !PICTURE.test(rest))) return notFound(request, dataset, folder);
  var isPublished = await lookUp(dataset + "/mark");
  return isPublished ? forward(request, "/pages" + request.uri + (isFolder ? "index.html" : "")) : notFound(request, dataset, folder);
}

async function answerBelowDataset(request, parts) {
  var dataset = parts[0];
  var name = parts[1];
  var rest = parts.slice(2).join("/");
  if (VERSION.test(name)) return answerVersion(request, dataset, name, rest);
  if (RANGE.test(name)) {
    var newest = await lookUp(dataset + "/" + name);
    return newest ? redirect(request, "/" + dataset + "/" + newest + "/" + rest) : notFound(request, dataset, "version " + name);
  }
  if (name === "as-of" && isDay(parts[2] || "")) {
    var version = await versionAsOf(dataset, parts[2]);
    if (!version) return notFound(request, dataset, "release as of " + parts[2]);
    return redirect(request, "/" + dataset + "/" + version + "/" + parts.slice(3).join("/"));
  }
  return answerPage(request, dataset, name, rest);
}

async function route(request) {
  var uri = request.uri;
  if (request.method === "OPTIONS") return respond(204, "", PREFLIGHT);
  if (request.method !== "GET" && request.method !== "HEAD")
    return respond(405, "Only GET, HEAD and OPTIONS are answered here.\n", { allow: "GET, HEAD, OPTIONS" });
  if (Object.keys(SITE_FILES).indexOf(uri) >= 0) return forward(request, SITE_FILES[uri]);
  var parts = uri.slice(1).split("/");
  var dataset = parts[0];
  if (dataset === "assets" || dataset === ".well-known") return forward(request, uri);
  if (dataset === "pages" || dataset.charAt(0) === ".") return notFound(request, "", uri);
  if (parts.length === 1) return redirect(request, uri + "/");
  if (parts.length > 2) return answerBelowDataset(request, parts);
  if (parts[1] === "releases.json" || parts[1] === "feed.xml") return forward(request, uri);
  return parts[1] === "" ? answerDataset(request, dataset) : answerBelowDataset(request, parts);
}

async function handler(event) {
  try {
    var answer = await route(event.request);
    return answer;
  } catch (error) {
    if (!error.isStoreFailure) throw error;
    console.log(error.message);
    return respond(500, "The server failed. Try again in a minute.\n", { "cache-control": "no-store" });
  }
}
