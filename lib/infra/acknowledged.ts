import { type Stack, Validations } from "aws-cdk-lib";

/** What cdk-nag's AwsSolutions pack finds and stays, each at its place with its reason. */
const ACKNOWLEDGED: { path: string; id: string; reason: string }[] = [
  {
    path: "PublishRole",
    id: "AwsSolutions-IAM5[Resource::<Store1D2A845B.Arn>/*]",
    reason:
      "The publisher writes under the name of every dataset, and those are named by the data. The bucket's policy lets nobody replace or delete a release.",
  },
  {
    path: "BreakGlass",
    id: "AwsSolutions-IAM5[Resource::<Store1D2A845B.Arn>/*]",
    reason: "Takes away the files of whichever release a court names. Only people of this account with MFA can assume it, for an hour.",
  },
  {
    path: "Cdn",
    id: "AwsSolutions-CFR3",
    reason:
      "Access logs are delivered by CloudWatch's vended logs (AccessLogDelivery), which need no ACL on the bucket; the rule knows the older way only.",
  },
  {
    path: "WebhookSecret",
    id: "AwsSolutions-SMG4",
    reason: "GitHub has no API that would set the webhook's secret by itself; docs/runbook.md says how to rotate it by hand.",
  },
  {
    path: "AppSecret",
    id: "AwsSolutions-SMG4",
    reason: "Private keys of a GitHub App are made by hand on GitHub; docs/runbook.md says how to rotate it.",
  },
  { path: "Cdn", id: "AwsSolutions-CFR1", reason: "Open data is for everybody, everywhere." },
  {
    path: "Cdn",
    id: "AwsSolutions-CFR2",
    reason:
      "Static files behind a cache, no query reaches the origin, and nothing answers but GET, HEAD and OPTIONS: a firewall has nothing to look at and costs more than the rest together.",
  },
  {
    path: "Cdn/Origin1",
    id: "Annotation::@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk",
    reason:
      "Without it a missing file is answered 403, not 404. The bucket cannot be listed through it: the edge function rewrites / and no query string reaches the origin; a default root object is set besides.",
  },
];
/** Only where there is no own domain: CloudFront's own certificate allows older clients. */
const WITHOUT_DOMAIN = {
  path: "Cdn",
  id: "AwsSolutions-CFR4",
  reason: "Only an own domain can ask for TLS 1.2 (settings domainName and certificateArn); the address of CloudFront itself cannot.",
};

export function acknowledge(stack: Stack, ownDomain: boolean): void {
  for (const { path, id, reason } of [...ACKNOWLEDGED, ...(ownDomain ? [] : [WITHOUT_DOMAIN])]) {
    const construct = path.split("/").reduce<ReturnType<Stack["node"]["findChild"]>>((node, name) => node.node.findChild(name), stack);
    Validations.of(construct).acknowledge({ id, reason });
  }
}
