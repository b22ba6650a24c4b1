/** A contradiction inside a protocol: where (path of keys) and what. */
export interface ProtocolProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
