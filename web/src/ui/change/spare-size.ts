/** Spare room in megabytes, as people say it, and in sectors, as the drive takes it: whole clusters of 32. Pure. */
const CLUSTER = 32;
const SECTOR = 2048;

/** What a field for it begins with: about what drives propose for one layer. */
export const MEGABYTES_AT_FIRST = 800;

export const megabytes = (sectors: number) => Math.round((sectors * SECTOR) / 1e6);

/** The nearest size, one cluster at least; nonsense is one cluster, which the drive then refuses with what it would take. */
export function sectorsOf(size: number): number {
  const clusters = Math.round((size * 1e6) / (SECTOR * CLUSTER));
  return Number.isFinite(clusters) ? Math.max(1, clusters) * CLUSTER : CLUSTER;
}
