// What httpyac, a REST client for .http files, would send of each text: it reads the whole file and runs what it takes for variables
// and scripts. Nothing is sent.
//
// Standard input: a JSON list of texts. Standard output: a JSON list, for each text {"requests": [...]} or {"error": "..."}.

import { createRequire } from "node:module";
import path from "node:path";
import { text } from "node:stream/consumers";
import { inspect } from "node:util";

const { AbstractRequestClient, io, send, store } = createRequire(import.meta.url)("httpyac");

/** Stands for a bearer token, and for what any file or answer holds. */
const TOKEN = "the token";

Object.assign(io.fileProvider, {
  EOL: "\n",
  isAbsolute: async (name) => path.isAbsolute(name),
  dirname: path.dirname,
  hasExtension: () => false,
  joinPath: path.join,
  exists: async () => false,
  readFile: async () => TOKEN,
  readBuffer: async () => Buffer.from(TOKEN),
  readdir: async () => [],
});
Object.assign(io.userInteractionProvider, { showInputPrompt: async () => TOKEN, showListPrompt: async () => TOKEN });

/** Keeps the request instead of sending it. */
class Recorder extends AbstractRequestClient {
  supportsStreaming = false;
  nativeClient = undefined;
  reportMessage = "";
  constructor(request, requests) {
    super();
    this.request = request;
    this.requests = requests;
  }
  async connect() {}
  disconnect() {}
  async send() {
    const { method, url, headers, body } = this.request;
    this.requests.push({ method, url, headers, body: body?.toString() });
  }
}

async function sent(listing) {
  const requests = [];
  io.httpClientProvider.createRequestClient = (request) => new Recorder(request, requests);
  const messages = [];
  const tell = (told) => messages.push(inspect(told));
  const scriptConsole = { log: tell, info: tell, warn: tell, error: tell, debug() {}, trace() {} };
  const where = { workingDir: "/nowhere", config: { log: { level: 1000 } } };
  const httpFile = await new store.HttpFileStore().parse("/nowhere/create-identity.http", listing, where);
  for (const httpRegion of httpFile.httpRegions.filter((region) => region.request)) {
    if (!(await send({ httpFile, httpRegion, variables: { token: TOKEN, principalId: TOKEN }, scriptConsole }))) throw new Error(messages.join("\n"));
  }
  return requests;
}

const answers = [];
for (const listing of JSON.parse(await text(process.stdin))) {
  try {
    answers.push({ requests: await sent(listing) });
  } catch (error) {
    answers.push({ error: String(error) });
  }
}
process.stdout.write(JSON.stringify(answers));
