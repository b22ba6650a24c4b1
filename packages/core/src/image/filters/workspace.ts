/** Gives room of at least a length under a name, the same room each time; what it holds is left from the last use. */
export type Workspace = (name: string, length: number) => Float64Array;

/** Room for intermediate results, so that filters used one after the other do not each ask for memory. */
export function createWorkspace(): Workspace {
  const rooms = new Map<string, Float64Array>();
  return (name, length) => {
    const known = rooms.get(name);
    if (known !== undefined && known.length >= length) return known;
    const room = new Float64Array(length);
    rooms.set(name, room);
    return room;
  };
}
