import { MetricUnit } from "@aws-lambda-powertools/metrics";
import { keyValueStoreAliases } from "../../lib/adapters/aws/key-value-store-aliases.ts";
import type { Aliases } from "../../lib/ports/ports.ts";
import { metrics } from "../metrics.ts";
import { setting } from "../setting.ts";

/** The aliases of this deployment. Updates are measured, because the size of all aliases is limited. */
export const openAliases = (): Aliases =>
  keyValueStoreAliases(setting("KEY_VALUE_STORE_ARN"), { onSize: (bytes) => metrics.addMetric("AliasBytes", MetricUnit.Bytes, bytes) });
