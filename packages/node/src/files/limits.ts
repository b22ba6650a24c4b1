/** What Sentinode reads at most. Every limit stands here; each is checked before memory is given. */
export const limits = {
  /** Bytes of a file. */
  fileBytes: 512 * 1024 * 1024,
  /** Bytes of a text table, below the longest string an engine can hold. */
  textTableBytes: 256 * 1024 * 1024,
  /** Bytes that all entries of an archive may inflate to; counted while inflating, declared sizes are not believed. */
  inflatedBytes: 256 * 1024 * 1024,
  /** Inflated over compressed bytes of an entry, above `ratioFreeBytes`. */
  inflationRatio: 200,
  ratioFreeBytes: 1024 * 1024,
  /** Entries of a workbook, which is a ZIP archive. */
  workbookEntries: 64,
  archiveEntries: 100_000,
  /** Width and height of an image. */
  imageSide: 16_384,
  imagePixels: 50_000_000,
  /** Voxels of a volume, and bytes that a compressed one may inflate to. */
  volumeVoxels: 512 * 512 * 1024,
  volumeBytes: 2 * 1024 * 1024 * 1024,
  tableColumns: 5_000,
  tableRows: 1_000_000,
  /** Rows times columns. */
  tableCells: 25_000_000,
  cellCharacters: 32_767,
  /** Elements of XML inside each other. */
  xmlDepth: 64,
} as const;
