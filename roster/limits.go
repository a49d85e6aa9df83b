package roster

// The limits beyond which a file is refused before it can do harm. They are far above any real
// roster: the largest handover known is about 26,000 persons (domain section 6).
const (
	MaxFileBytes     = 64 << 20 // of the upload
	MaxUnzippedBytes = 1 << 30  // of all parts together, as declared; reading stops where a part lies
	MaxParts         = 10_000   // files inside the .xlsx
	MaxRatio         = 200      // unzipped to zipped, for a part of more than ratioFloorBytes
	MaxRows          = 200_000  // the highest row that may hold anything
	MaxColumns       = 200      // the highest column that may hold anything
	MaxTextBytes     = 96 << 20 // of the shared strings, which are held in memory
	MaxCellBytes     = 128 << 10
	MaxSheets        = 200

	ratioFloorBytes = 16 << 20
	// headerSearchRows is how far down the header is looked for.
	headerSearchRows = 60
	// batchRows is how many rows are asked about, and handed over, at a time.
	batchRows = 1000
)
