// Generates src/api/schema.d.ts from the committed OpenAPI document, which the gateway's own tests keep true.
import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapi, { astToString } from "openapi-typescript";

const source = new URL("../../docs/openapi.json", import.meta.url);
const target = new URL("../src/api/schema.d.ts", import.meta.url);

if (!existsSync(source)) {
  console.log("docs/openapi.json is not there: the types written by hand in src/api/types.ts serve.");
} else {
  writeFileSync(target, astToString(await openapi(source)));
  console.log(`types: ${fileURLToPath(target)}`);
}
