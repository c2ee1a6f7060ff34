// In place of the AWS command, for the calls of docs/runbook.md: the requests are those of AWS's SDK, to AWS_ENDPOINT_URL.
import { readFileSync } from "node:fs";
import { DeleteObjectCommand, DeleteObjectsCommand, ListObjectVersionsCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

const [service, operation, ...rest] = process.argv.slice(2);
const after = (name) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : undefined);
const s3 = new S3Client({ region: "us-east-1", forcePathStyle: true });
const Bucket = after("--bucket");

async function versions() {
  const all = [];
  for (let more = true, KeyMarker, VersionIdMarker; more; ) {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: after("--prefix"), KeyMarker, VersionIdMarker }));
    all.push(...(page.Versions ?? []));
    [more, KeyMarker, VersionIdMarker] = [page.IsTruncated === true, page.NextKeyMarker, page.NextVersionIdMarker];
  }
  return all;
}

/** The queries of the runbook. */
async function listed(query) {
  const all = await versions();
  if (query === "Versions[?!IsLatest].{Key:Key,VersionId:VersionId}")
    return JSON.stringify(all.filter(({ IsLatest }) => !IsLatest).map(({ Key, VersionId }) => ({ Key, VersionId })));
  if (query === "Versions[?!IsLatest].Key")
    return (
      all
        .filter(({ IsLatest }) => !IsLatest)
        .map(({ Key }) => Key)
        .join("\t") || "None"
    );
  const [, key] = /^Versions\[\?Key=='(.+)'\]\.VersionId$/.exec(query) ?? [];
  if (key === undefined) throw new Error(`This query is not known here: ${query}`);
  return (
    all
      .filter(({ Key }) => Key === key)
      .map(({ VersionId }) => VersionId)
      .join("\t") || "None"
  );
}

const OPERATIONS = {
  "list-object-versions": async () => console.log(await listed(after("--query"))),
  "delete-objects": async () => {
    const Delete = JSON.parse(readFileSync(after("--delete").replace("file://", ""), "utf8"));
    const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete }));
    for (const error of Errors) console.log(JSON.stringify(error));
  },
  "delete-object": () => s3.send(new DeleteObjectCommand({ Bucket, Key: after("--key"), VersionId: after("--version-id") })),
  "put-object": () => s3.send(new PutObjectCommand({ Bucket, Key: after("--key"), Body: "x" })),
  "create-invalidation": async () => {
    const path = `/2020-05-31/distribution/${after("--distribution-id")}/invalidation`;
    const { status } = await fetch(process.env.AWS_ENDPOINT_URL + path, { method: "POST", body: after("--paths") });
    if (status !== 201) throw new Error(`create-invalidation: ${status}`);
  },
};

const run = OPERATIONS[operation];
if (!run || !["s3api", "cloudfront"].includes(service)) throw new Error(`This call is not known here: ${service} ${operation}`);
await run();
