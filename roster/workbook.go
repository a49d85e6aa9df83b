package roster

import (
	"archive/zip"
	"io"
	"path"
	"strings"
)

// workbook is an .xlsx or .xlsm opened as what it is: a zip of XML parts. Macros, links and
// pictures are parts nobody here opens.
type workbook struct {
	parts map[string]*zip.File
	// shared is read with the first sheet that is opened.
	sharedPart string
	shared     *sharedStrings
}

// relation is one entry of a .rels part.
type relation struct{ id, kind, target string }

func openWorkbook(file io.ReaderAt, size int64) (*source, error) {
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return nil, refuseDamaged()
	}
	if err := checkArchive(archive, size); err != nil {
		return nil, err
	}
	book := &workbook{parts: make(map[string]*zip.File, len(archive.File))}
	for _, part := range archive.File {
		if part.Flags&1 != 0 {
			return nil, refusePassword()
		}
		book.parts[strings.ToLower(strings.TrimPrefix(part.Name, "/"))] = part
	}
	main := "xl/workbook.xml"
	for _, relation := range book.relations("") {
		if strings.HasSuffix(relation.kind, "/officeDocument") {
			main = resolvePart("", relation.target)
		}
	}
	if strings.HasSuffix(main, ".bin") || book.parts["xl/workbook.bin"] != nil {
		return nil, refuseLegacy()
	}
	if book.parts[strings.ToLower(main)] == nil || !strings.HasPrefix(strings.ToLower(main), "xl/") {
		return nil, refuseNotSpreadsheet()
	}
	source := &source{format: FormatXLSX}
	if book.parts["xl/vbaproject.bin"] != nil {
		source.format = FormatXLSM
	}
	return source, book.readSheets(main, source)
}

// checkArchive refuses zip bombs by what the archive declares about itself. archive/zip stops
// reading a part where its declared size ends, so a lie there gains nothing.
func checkArchive(archive *zip.Reader, size int64) error {
	if len(archive.File) > MaxParts {
		return refuseBomb()
	}
	var unzipped, zipped uint64
	for _, part := range archive.File {
		if part.UncompressedSize64 > MaxUnzippedBytes {
			return refuseBomb()
		}
		unzipped += part.UncompressedSize64
		zipped += part.CompressedSize64
		if part.UncompressedSize64 > ratioFloorBytes && part.UncompressedSize64/MaxRatio > part.CompressedSize64 {
			return refuseBomb()
		}
	}
	// Parts that overlap in the file add up to more than the file: a bomb of another kind.
	if unzipped > MaxUnzippedBytes || zipped > uint64(size) {
		return refuseBomb()
	}
	return nil
}

func (w *workbook) open(name string) (io.ReadCloser, int64, error) {
	part := w.parts[strings.ToLower(name)]
	if part == nil {
		return nil, 0, refuseDamaged()
	}
	reader, err := part.Open()
	if err != nil {
		return nil, 0, refuseDamaged()
	}
	return reader, int64(part.UncompressedSize64), nil
}

// relations reads the .rels part that belongs to a part; "" is the package itself.
func (w *workbook) relations(of string) []relation {
	directory, base := path.Split(of)
	reader, _, err := w.open(directory + "_rels/" + base + ".rels")
	if err != nil {
		return nil
	}
	defer reader.Close()
	var found []relation
	markup := newMarkup(reader)
	for len(found) < MaxParts {
		kind, err := markup.next()
		if err != nil {
			break
		}
		if (kind == markupStart || kind == markupEmpty) && string(markup.name) == "Relationship" {
			found = append(found, relation{
				id:     decoded(markup.attribute("Id")),
				kind:   decoded(markup.attribute("Type")),
				target: decoded(markup.attribute("Target")),
			})
		}
	}
	return found
}

func decoded(raw []byte) string { return string(appendDecoded(nil, raw)) }

// resolvePart turns a relation's target into a part name.
func resolvePart(of, target string) string {
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	return path.Join(path.Dir(of), target)
}

func (w *workbook) readSheets(main string, source *source) error {
	targets := map[string]string{}
	for _, relation := range w.relations(main) {
		switch {
		case strings.HasSuffix(relation.kind, "/worksheet"):
			targets[relation.id] = resolvePart(main, relation.target)
		case strings.HasSuffix(relation.kind, "/sharedStrings"):
			w.sharedPart = resolvePart(main, relation.target)
		}
	}
	reader, _, err := w.open(main)
	if err != nil {
		return err
	}
	defer reader.Close()
	markup := newMarkup(reader)
	for {
		kind, err := markup.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if kind != markupStart && kind != markupEmpty {
			continue
		}
		switch string(markup.name) {
		case "workbookPr":
			value := string(markup.attribute("date1904"))
			source.date1904 = value == "1" || value == "true"
		case "sheet":
			part, ok := targets[decoded(markup.attribute("id"))]
			if !ok {
				// A chart sheet or a macro sheet.
				continue
			}
			if len(source.sheets) == MaxSheets {
				return refuseBomb()
			}
			state := string(markup.attribute("state"))
			source.sheets = append(source.sheets, sheet{
				name:   decoded(markup.attribute("name")),
				hidden: state == "hidden" || state == "veryHidden",
				open:   func() (recordReader, error) { return w.openSheet(part) },
			})
		}
	}
}

func (w *workbook) openSheet(part string) (recordReader, error) {
	if w.shared == nil {
		w.shared = &sharedStrings{}
		if w.sharedPart != "" {
			reader, _, err := w.open(w.sharedPart)
			if err != nil {
				return nil, err
			}
			defer reader.Close()
			if w.shared, err = readSharedStrings(reader); err != nil {
				return nil, err
			}
		}
	}
	reader, size, err := w.open(part)
	if err != nil {
		return nil, err
	}
	return openSheet(reader, size, w.shared)
}
