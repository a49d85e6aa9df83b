package roster

import (
	"bytes"
	"io"
	"path"
	"strings"
)

var (
	magicZip  = []byte("PK\x03\x04")
	magicOLE  = []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}
	magicBIFF = []byte{0x09, 0x08}
)

// openSource recognises an upload by its content; the name only decides between text and nothing.
func openSource(file io.ReaderAt, size int64, name string) (*source, error) {
	switch {
	case size == 0:
		return nil, refuseEmpty()
	case size > MaxFileBytes:
		return nil, refuseTooLarge(size)
	}
	head := make([]byte, 4096)
	count, err := file.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return nil, err
	}
	head = head[:count]
	extension := strings.ToLower(path.Ext(strings.ReplaceAll(name, `\`, "/")))
	switch {
	case bytes.HasPrefix(head, magicZip):
		return openWorkbook(file, size)
	case bytes.HasPrefix(head, magicOLE):
		return nil, refuseCompound(file, size, extension)
	case bytes.HasPrefix(head, magicBIFF) && extension != ".csv" && extension != ".txt":
		return nil, refuseLegacy()
	case extension == ".csv" || extension == ".txt" || extension == ".tsv":
		return openText(file, size, head)
	case len(bytes.TrimSpace(head)) == 0 && int64(len(head)) == size:
		return nil, refuseEmpty()
	case extension == ".xls" || extension == ".et" || extension == ".xlsb":
		// Some systems export an HTML or XML table under this name; saving it anew helps as well.
		return nil, refuseLegacy()
	default:
		return nil, refuseNotSpreadsheet()
	}
}

// refuseCompound tells why an OLE compound file is refused. Both encrypted workbooks and the old
// binary formats are such files; the names in the directory, in UTF-16, tell them apart.
func refuseCompound(file io.ReaderAt, size int64, extension string) error {
	reader := io.NewSectionReader(file, 0, size)
	buffer := make([]byte, 1<<20)
	const overlap = 64
	kept := 0
	old := false
	for {
		count, err := reader.Read(buffer[kept:])
		window := buffer[:kept+count]
		if bytes.Contains(window, wide("EncryptedPackage")) {
			return refusePassword()
		}
		old = old || bytes.Contains(window, wide("Workbook")) || bytes.Contains(window, wide("Book"))
		if err != nil {
			break
		}
		kept = copy(buffer, window[max(0, len(window)-overlap):])
	}
	switch {
	case old || extension == ".xls" || extension == ".et" || extension == ".xlsb":
		return refuseLegacy()
	case extension == ".xlsx" || extension == ".xlsm":
		return refusePassword()
	default:
		return refuseNotSpreadsheet()
	}
}

func wide(text string) []byte {
	encoded := make([]byte, 0, 2*len(text))
	for i := 0; i < len(text); i++ {
		encoded = append(encoded, text[i], 0)
	}
	return encoded
}
