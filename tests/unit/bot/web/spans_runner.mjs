// Applies the page's span functions to the calls that come in as lines of JSON.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const functions = await import(pathToFileURL(process.argv[2]));
for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...given] = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(functions[name](...given) ?? null)}\n`);
}
