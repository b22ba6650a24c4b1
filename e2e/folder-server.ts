import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".map": "application/json",
};

/** A folder on a local port. */
export interface FolderServer {
  readonly address: string;
  /** Paths that were asked for. */
  readonly requests: string[];
  close(): void;
}

/**
 * Serves the files of a folder, and an empty page, to this machine alone.
 *
 * @param folder Absolute path.
 */
export async function serveFolder(folder: string): Promise<FolderServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
    requests.push(path);
    const content =
      path === "/" ? Promise.resolve("<!doctype html><title>e2e</title>") : readFile(join(folder, path));
    content.then(
      (bytes) => {
        response.setHeader(
          "content-type",
          types[path === "/" ? ".html" : extname(path)] ?? "application/octet-stream",
        );
        response.end(bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${String(port)}`, requests, close: () => server.close() };
}
