import { type Stack, Validations } from "aws-cdk-lib";
import { CHECK_REQUESTS } from "../contract/build-request-object-key.ts";
import type { StackSettings } from "./stack-settings.ts";

interface Acknowledged {
  path: string;
  id: string;
  reason: string;
}

/** See catalogue-reader.ts. */
const readsCatalogues = (path: string): Acknowledged => ({
  path,
  id: "AwsSolutions-IAM5[Resource::<Store1D2A845B.Arn>/*/releases.json]",
  reason: "A check reads the catalogue of a dataset that it checks, and datasets are added by commits. Catalogues are public.",
});

/** Findings of cdk-nag's AwsSolutions pack that are accepted, each with its construct and reason. */
const ACKNOWLEDGED: Acknowledged[] = [
  {
    path: "PublishRole",
    id: "AwsSolutions-IAM5[Resource::<Store1D2A845B.Arn>/*]",
    reason:
      "The publisher writes under the name of every dataset, and datasets are added by commits. The bucket's policy denies replacing or deleting a release.",
  },
  {
    path: "BreakGlass",
    id: "AwsSolutions-IAM5[Resource::<Store1D2A845B.Arn>/*]",
    reason: "Deletes the files of any release that must be removed. Only people of this account with MFA can assume it, for an hour.",
  },
  readsCatalogues("ValidateRole"),
  {
    path: "Cdn",
    id: "AwsSolutions-CFR3",
    reason:
      "Access logs are delivered by CloudWatch's vended logs (AccessLogDelivery), which need no ACL on the bucket; the rule knows only the older kind.",
  },
  {
    path: "WebhookSecret",
    id: "AwsSolutions-SMG4",
    reason: "It has to change at the forge at the same time; docs/runbook.md explains how to rotate it by hand.",
  },
  {
    path: "AppSecret",
    id: "AwsSolutions-SMG4",
    reason: "Credentials of a forge are created by hand; docs/runbook.md explains how to rotate them.",
  },
  { path: "Cdn", id: "AwsSolutions-CFR1", reason: "Open data is for everybody, everywhere." },
  {
    path: "Cdn",
    id: "AwsSolutions-CFR2",
    reason:
      "Static files behind a cache, no query reaches the origin, and nothing answers but GET, HEAD and OPTIONS: a firewall has nothing to inspect and costs more than everything else together.",
  },
  {
    path: "Cdn/Origin1",
    id: "Annotation::@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk",
    reason:
      "Without it a missing file is answered 403, not 404. The bucket cannot be listed through it: the edge function rewrites / and no query string reaches the origin; a default root object is set as well.",
  },
];
/** Without a custom domain: CloudFront's default certificate allows older TLS versions. */
const WITHOUT_DOMAIN = {
  path: "Cdn",
  id: "AwsSolutions-CFR4",
  reason: "TLS 1.2 can be required only for a custom domain (settings domainName and certificateArn), not for CloudFront's own address.",
};

const LARGE_BUILDS: Acknowledged[] = [
  {
    path: "BuildRole",
    id: "AwsSolutions-IAM5[Resource::<Store1D2A845B.Arn>/*]",
    reason: "A build publishes any dataset, as the publisher does; the bucket's policy denies it the same.",
  },
  ...["Build", "Check"].map((path) => ({
    path,
    id: "AwsSolutions-CB4",
    reason:
      "The key would encrypt artifacts and caches, of which a build has none. What it publishes is open data, in the encrypted store.",
  })),
  readsCatalogues("CheckRole"),
  ...["ValidateRole", "CheckRole"].map((path) => ({
    path,
    id: `AwsSolutions-IAM5[Resource::<Store1D2A845B.Arn>/${CHECK_REQUESTS}*]`,
    reason: "A request is named after its commit.",
  })),
];

/** The bucket of another stack or account for copies of the catalogues. */
const copyBucket = (name: string): Acknowledged => ({
  path: "PublishRole",
  id: `AwsSolutions-IAM5[Resource::arn:aws:s3:::${name}/*/releases.json]`,
  reason: "The catalogue of every dataset is copied, and datasets are added by commits. Nothing else is written there.",
});

/** Accepts these findings. Any other finding fails the synthesis. */
export function acknowledge(stack: Stack, { domainName, catalogueCopyBucket, largeBuilds }: StackSettings): void {
  const accepted = [
    ...ACKNOWLEDGED,
    ...(domainName === undefined ? [WITHOUT_DOMAIN] : []),
    ...(largeBuilds === undefined ? [] : LARGE_BUILDS),
    ...(catalogueCopyBucket === undefined ? [] : [copyBucket(catalogueCopyBucket)]),
  ];
  for (const { path, id, reason } of accepted) {
    const construct = path.split("/").reduce<ReturnType<Stack["node"]["findChild"]>>((node, name) => node.node.findChild(name), stack);
    Validations.of(construct).acknowledge({ id, reason });
  }
}
