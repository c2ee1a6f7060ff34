import { createHash } from "node:crypto";
import { Duration, RemovalPolicy, type Stack } from "aws-cdk-lib";
import * as acm from "aws-cdk-lib/aws-certificatemanager";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as origins from "aws-cdk-lib/aws-cloudfront-origins";
import * as iam from "aws-cdk-lib/aws-iam";
import * as logs from "aws-cdk-lib/aws-logs";
import type * as s3 from "aws-cdk-lib/aws-s3";
import { COMMON_HEADERS, PAGE_HEADERS, PREFLIGHT_HEADERS } from "../edge/headers.ts";
import { projectFile } from "./project-file.ts";
import type { StackSettings } from "./stack-settings.ts";

/** Name of a resource of the stack, of at most `maxLength` characters. Stack names may be longer, and begin alike. */
function resourceName({ stackName }: Stack, kind: string, maxLength: number): string {
  const name = `${stackName}-${kind}`;
  if (name.length <= maxLength) return name;
  const end = `-${createHash("sha256").update(stackName).digest("hex").slice(0, 8)}-${kind}`;
  return `${stackName.slice(0, maxLength - end.length)}${end}`;
}

/** Maximum lengths of names in AWS. */
const MAX_LENGTH = { cachePolicy: 128, logDelivery: 60 };

/** The distribution in front of the store, with the edge function. */
export function addCdn(
  stack: Stack,
  settings: StackSettings,
  { bucket, logBucket }: { bucket: s3.Bucket; logBucket: s3.Bucket },
  aliases: cloudfront.KeyValueStore,
): { distribution: cloudfront.Distribution; viewerRequest: cloudfront.Function } {
  const viewerRequest = new cloudfront.Function(stack, "ViewerRequest", {
    comment: "Versions, aliases and pages (lib/edge/viewer-request.js)",
    code: cloudfront.FunctionCode.fromFile({ filePath: projectFile("lib/edge/viewer-request.js") }),
    runtime: cloudfront.FunctionRuntime.JS_2_0,
    keyValueStore: aliases,
  });
  // AWS prescribes this name. If the log group does not exist at the function's first write, AWS creates it with unlimited retention.
  const edgeLog = new logs.LogGroup(stack, "ViewerRequestLog", {
    logGroupName: `/aws/cloudfront/function/${viewerRequest.functionName}`,
    retention: settings.logRetentionDays as logs.RetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  viewerRequest.node.addDependency(edgeLog);
  const cachePolicy = new cloudfront.CachePolicy(stack, "Cache", {
    // CDK's own name lacks the hash if the stack's name is long, and the name has to be unique in an account.
    cachePolicyName: resourceName(stack, "cache", MAX_LENGTH.cachePolicy),
    comment: "By path and encoding only; the store sees no query string",
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(60),
    maxTtl: Duration.days(365),
    queryStringBehavior: cloudfront.CacheQueryStringBehavior.none(),
    cookieBehavior: cloudfront.CacheCookieBehavior.none(),
    headerBehavior: cloudfront.CacheHeaderBehavior.none(),
    enableAcceptEncodingGzip: true,
    enableAcceptEncodingBrotli: true,
  });
  const listOf = (headers: Record<string, string>, name: string): string[] => (headers[name] as string).split(", ");
  // A policy cannot depend on the status, so each object has its own Cache-Control. CORS headers must be in their own section,
  // not among the custom ones.
  const headers = new cloudfront.ResponseHeadersPolicy(stack, "Headers", {
    comment: "CORS and security (lib/edge/headers.ts)",
    corsBehavior: {
      accessControlAllowCredentials: false,
      accessControlAllowOrigins: listOf(COMMON_HEADERS, "access-control-allow-origin"),
      accessControlAllowMethods: listOf(PREFLIGHT_HEADERS, "access-control-allow-methods"),
      accessControlAllowHeaders: listOf(PREFLIGHT_HEADERS, "access-control-allow-headers"),
      accessControlExposeHeaders: listOf(COMMON_HEADERS, "access-control-expose-headers"),
      accessControlMaxAge: Duration.seconds(Number(PREFLIGHT_HEADERS["access-control-max-age"])),
      originOverride: true,
    },
    securityHeadersBehavior: {
      contentTypeOptions: { override: true },
      contentSecurityPolicy: { contentSecurityPolicy: PAGE_HEADERS["content-security-policy"] as string, override: true },
      referrerPolicy: { referrerPolicy: cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: false, override: true },
    },
  });
  const distribution = new cloudfront.Distribution(stack, "Cdn", {
    comment: `Datasets of ${settings.repository}`,
    // The edge function handles both / and this path, whichever CloudFront passes. If the function fails, the bucket is still not listed.
    defaultRootObject: "pages/index.html",
    defaultBehavior: {
      origin: origins.S3BucketOrigin.withOriginAccessControl(bucket, {
        originAccessLevels: [cloudfront.AccessLevel.READ, cloudfront.AccessLevel.LIST],
      }),
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachedMethods: cloudfront.CachedMethods.CACHE_GET_HEAD,
      compress: true,
      cachePolicy,
      responseHeadersPolicy: headers,
      functionAssociations: [{ function: viewerRequest, eventType: cloudfront.FunctionEventType.VIEWER_REQUEST }],
    },
    // Statuses are kept. A missing file is cached for at most ten seconds.
    errorResponses: [
      { httpStatus: 404, responseHttpStatus: 404, responsePagePath: "/pages/404.html", ttl: Duration.seconds(10) },
      ...[400, 403, 405, 414, 416, 500, 501, 502, 503, 504].map((httpStatus) => ({
        httpStatus,
        ttl: Duration.seconds(httpStatus === 416 ? 10 : 1),
      })),
    ],
    httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
    priceClass: cloudfront.PriceClass.PRICE_CLASS_100,
    ...(settings.domainName && settings.certificateArn
      ? {
          domainNames: [settings.domainName],
          certificate: acm.Certificate.fromCertificateArn(stack, "Certificate", settings.certificateArn),
          minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
        }
      : {}),
  });
  addAccessLogs(stack, distribution, logBucket);
  return { distribution, viewerRequest };
}

/** CloudFront's access logs, delivered to a bucket without ACLs. */
function addAccessLogs(stack: Stack, distribution: cloudfront.Distribution, logBucket: s3.Bucket): void {
  const name = resourceName(stack, "cdn", MAX_LENGTH.logDelivery);
  const source = new logs.CfnDeliverySource(stack, "AccessLogSource", {
    name,
    logType: "ACCESS_LOGS",
    resourceArn: distribution.distributionArn,
  });
  const destination = new logs.CfnDeliveryDestination(stack, "AccessLogDestination", {
    name,
    destinationResourceArn: logBucket.arnForObjects("cdn"),
    outputFormat: "parquet",
  });
  logBucket.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: "AccessLogs",
      principals: [new iam.ServicePrincipal("delivery.logs.amazonaws.com")],
      actions: ["s3:PutObject"],
      resources: [logBucket.arnForObjects("cdn/*")],
      conditions: { StringEquals: { "aws:SourceAccount": stack.account } },
    }),
  );
  const delivery = new logs.CfnDelivery(stack, "AccessLogDelivery", {
    deliverySourceName: source.name,
    deliveryDestinationArn: destination.attrArn,
    s3SuffixPath: "{yyyy}/{MM}/{dd}",
  });
  delivery.addResourceDependency(source);
  delivery.addResourceDependency(destination);
  // Without a policy, AWS adds its own, and then rejects the stack's.
  if (logBucket.policy) delivery.node.addDependency(logBucket.policy);
}
