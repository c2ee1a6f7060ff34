import * as iam from "aws-cdk-lib/aws-iam";
import type * as s3 from "aws-cdk-lib/aws-s3";
import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import type { Settings } from "../contract/setting-name.ts";

/** Environment and permissions for reading catalogues, which are public anyway. */
export const catalogueReader = (bucket: s3.Bucket): { environment: Settings; statements: iam.PolicyStatement[] } => ({
  environment: { BUCKET: bucket.bucketName },
  statements: [new iam.PolicyStatement({ actions: ["s3:GetObject"], resources: [bucket.arnForObjects(catalogueObjectKey("*"))] })],
});
