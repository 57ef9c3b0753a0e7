// Writes src/openapi.ts from the hub's description of its REST API.
//   npm run generate -- http://127.0.0.1:9997/openapi/v1.json
//   npm run generate -- openapi.json [<another file to write>]
import { writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const from = process.argv[2] ?? "http://127.0.0.1:9997/openapi/v1.json";
const source = /^https?:\/\//.test(from) ? new URL(from) : pathToFileURL(from);
const head = "// Generated from the hub's /openapi/v1.json by `npm run generate`. Do not edit.\n\n";
const text = head + astToString(await openapiTS(source));
const to = process.argv[3] ?? fileURLToPath(new URL("../src/openapi.ts", import.meta.url));
await writeFile(to, text);
console.log(`${to}: ${text.split("\n").length} lines from ${from}`);
