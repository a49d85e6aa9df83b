package roster

import "io"

// sharedStrings holds the workbook's string table as one run of bytes: a slice of strings would
// cost sixteen bytes and an allocation for each of a million entries.
type sharedStrings struct {
	text []byte
	ends []uint32
}

func (s *sharedStrings) at(index int) (string, bool) {
	if s == nil || index >= len(s.ends) {
		return "", false
	}
	begin := uint32(0)
	if index > 0 {
		begin = s.ends[index-1]
	}
	return view(s.text[begin:s.ends[index]]), true
}

// readSharedStrings reads the part sharedStrings.xml: the text of every <si>, its runs joined, the
// phonetic guides left out.
func readSharedStrings(reader io.Reader) (*sharedStrings, error) {
	table := &sharedStrings{}
	markup := newMarkup(reader)
	from, inText, phonetic := 0, false, 0
	for {
		kind, err := markup.next()
		if err == io.EOF {
			return table, nil
		}
		if err != nil {
			return nil, err
		}
		switch kind {
		case markupText:
			if inText && phonetic == 0 {
				table.text = appendDecoded(table.text, markup.text)
				if len(table.text) > MaxTextBytes {
					return nil, refuseBomb()
				}
			}
		case markupStart:
			switch string(markup.name) {
			case "si":
				from = len(table.text)
			case "t":
				inText = true
			case "rPh":
				phonetic++
			}
		case markupEmpty:
			if string(markup.name) == "si" {
				table.ends = append(table.ends, uint32(len(table.text)))
			}
		case markupEnd:
			switch string(markup.name) {
			case "t":
				inText = false
			case "rPh":
				phonetic--
			case "si":
				table.text = unescaped(table.text, from)
				table.ends = append(table.ends, uint32(len(table.text)))
			}
		}
		// An entry costs a few bytes in the file and four here; a table of nothing but empty
		// entries must not fill memory either.
		if len(table.ends) > MaxTextBytes/4 {
			return nil, refuseBomb()
		}
	}
}
