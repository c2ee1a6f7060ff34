import { Duration, RemovalPolicy, type Stack } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";
import * as s3 from "aws-cdk-lib/aws-s3";
import { CATALOGUE_FILE, catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import { FEED_FILE, feedObjectKey } from "../contract/feed-object-key.ts";
import { PRIVATE_FOLDER } from "../contract/private-folder.ts";
import type { StackSettings } from "./stack-settings.ts";

/** Keys that may be replaced; everything else in the bucket is written once. */
const MUTABLE = [catalogueObjectKey("*"), feedObjectKey("*"), "*/v1.metadata.json", "pages/*", `${PRIVATE_FOLDER}/*`, ".well-known/*"];

/** Adds the bucket. Released objects cannot be replaced or deleted, not even by the stack's own roles. */
export function addStore(
  stack: Stack,
  breakGlass: iam.Role,
  { objectLockDays }: Pick<StackSettings, "objectLockDays">,
): { bucket: s3.Bucket; logBucket: s3.Bucket } {
  const common = {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    encryption: s3.BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    // Retained when the stack is deleted, but not when its first creation fails, so that the creation can be retried.
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  };
  const logBucket = new s3.Bucket(stack, "Logs", { ...common, lifecycleRules: [{ expiration: Duration.days(90) }] });
  const bucket = new s3.Bucket(stack, "Store", {
    ...common,
    versioned: true,
    ...(objectLockDays === undefined
      ? {}
      : { objectLockDefaultRetention: s3.ObjectLockRetention.governance(Duration.days(objectLockDays)) }),
    serverAccessLogsBucket: logBucket,
    serverAccessLogsPrefix: "store/",
    lifecycleRules: [
      // Pages, feeds and catalogues are replaced often: old versions are kept for a while. Releases are replaced only when one is
      // removed.
      { noncurrentVersionExpiration: Duration.days(30), abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
  });
  const everybody = [new iam.AnyPrincipal()];
  const others = { ArnNotEquals: { "aws:PrincipalArn": breakGlass.roleArn } };
  const deny = (sid: string, statement: iam.PolicyStatementProps): void =>
    void bucket.addToResourcePolicy(new iam.PolicyStatement({ sid, effect: iam.Effect.DENY, principals: everybody, ...statement }));
  deny("EveryWriteIsConditional", {
    actions: ["s3:PutObject"],
    resources: [bucket.arnForObjects("*")],
    conditions: { Null: { "s3:if-none-match": "true", "s3:if-match": "true" } },
  });
  deny("ReleasesAreNotReplaced", {
    actions: ["s3:PutObject"],
    notResources: MUTABLE.map((key) => bucket.arnForObjects(key)),
    conditions: { Null: { "s3:if-match": "false" }, ...others },
  });
  // Since * matches slashes, these files of releases would match the keys of a catalogue or a feed.
  deny("FilesOfReleasesAreNotReplaced", {
    actions: ["s3:PutObject"],
    resources: [CATALOGUE_FILE, FEED_FILE, "v1.metadata.json"].map((name) => bucket.arnForObjects(`*/*.*.*/${name}`)),
    conditions: { Null: { "s3:if-match": "false" }, ...others },
  });
  deny("NothingIsDeleted", {
    actions: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
    resources: [bucket.arnForObjects("*")],
    conditions: others,
  });
  breakGlass.addToPolicy(
    new iam.PolicyStatement({
      actions: [
        "s3:GetObject",
        "s3:PutObject",
        "s3:DeleteObjectVersion",
        ...(objectLockDays === undefined ? [] : ["s3:BypassGovernanceRetention"]),
      ],
      resources: [bucket.arnForObjects("*")],
    }),
  );
  breakGlass.addToPolicy(new iam.PolicyStatement({ actions: ["s3:ListBucket", "s3:ListBucketVersions"], resources: [bucket.bucketArn] }));
  return { bucket, logBucket };
}
