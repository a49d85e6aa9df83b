package roster

import (
	"strings"
	"unicode/utf8"
)

// communityEndings are how the name of a community ends. An address may use another ending than
// the list does: 张士村 for 张士村委会.
var communityEndings = []string{"社区居民委员会", "社区居委会", "村民委员会", "居民委员会", "社区（村）", "社区(村)", "村委会", "居委会", "社区", "村"}

type resolver struct {
	byCode    map[string]Place
	districts map[string]bool
	// byHead and streetByHead find candidates by the first two characters of their name.
	byHead       map[string][]namedPlace
	streetByHead map[string][]namedStreet
}

type namedStreet struct{ name, code string }

type namedPlace struct {
	stem  string
	place Place
}

// NewResolver returns the default Options.Resolve over a list of communities: first by the
// 12-digit code, then by the community's name in the address, told apart by its street where
// several bear the name. An address that names two communities equally well, or a code of a
// district not in the list, is left to a person.
func NewResolver(places []Place) func(code, address string) (Place, bool) {
	r := &resolver{byCode: map[string]Place{}, districts: map[string]bool{}, byHead: map[string][]namedPlace{}, streetByHead: map[string][]namedStreet{}}
	known := map[namedStreet]bool{}
	for _, place := range places {
		r.byCode[place.Code] = place
		if len(place.Code) >= 6 {
			r.districts[place.Code[:6]] = true
		}
		street := namedStreet{removeBlank(halfWidth(place.Street)), place.StreetCode}
		if head := headOf(street.name); head != "" && !known[street] {
			known[street] = true
			r.streetByHead[head] = append(r.streetByHead[head], street)
		}
		stem := communityStem(place.Name)
		if head := headOf(stem); head != "" {
			r.byHead[head] = append(r.byHead[head], namedPlace{stem, place})
		}
	}
	return r.resolve
}

func (r *resolver) resolve(code, address string) (Place, bool) {
	code = normaliseCode(code)
	if place, ok := r.byCode[code]; ok {
		return place, true
	}
	if len(code) >= 6 && !r.districts[code[:6]] {
		return Place{}, false
	}
	address = removeBlank(halfWidth(address))
	if address == "" {
		return Place{}, false
	}
	// A nine-digit code, or one padded with zeros, names the street.
	street := ""
	if len(code) >= 9 {
		street = code[:9]
	}
	return r.byAddress(address, street)
}

func (r *resolver) byAddress(address, streetCode string) (Place, bool) {
	named := map[string]bool{}
	for at := range address {
		for _, street := range r.streetByHead[headOf(address[at:])] {
			if strings.HasPrefix(address[at:], street.name) {
				named[street.code] = true
			}
		}
	}
	var found Place
	longest, count := 0, 0
	for at := range address {
		head := headOf(address[at:])
		for _, candidate := range r.byHead[head] {
			if !namesCommunity(address[at:], candidate.stem) {
				continue
			}
			// The list knows the street the address names: a community elsewhere is another one.
			if len(named) > 0 && !named[candidate.place.StreetCode] {
				continue
			}
			if streetCode != "" && candidate.place.StreetCode != streetCode {
				continue
			}
			switch {
			case candidate.place.Code == found.Code:
			case len(candidate.stem) > longest:
				found, longest, count = candidate.place, len(candidate.stem), 1
			case len(candidate.stem) == longest:
				count++
			}
		}
	}
	return found, count == 1
}

// namesCommunity reports that the text begins with the name and an ending of communities: 兴华
// alone is as likely a street or a shop.
func namesCommunity(text, stem string) bool {
	rest, ok := strings.CutPrefix(text, stem)
	if !ok {
		return false
	}
	for _, ending := range communityEndings {
		if strings.HasPrefix(rest, ending) {
			return true
		}
	}
	return false
}

func communityStem(name string) string {
	name = removeBlank(halfWidth(name))
	for _, ending := range communityEndings {
		if stem, ok := strings.CutSuffix(name, ending); ok && stem != "" {
			return stem
		}
	}
	return name
}

// headOf returns the first two characters.
func headOf(text string) string {
	_, first := utf8.DecodeRuneInString(text)
	if first == 0 || first == len(text) {
		return ""
	}
	_, second := utf8.DecodeRuneInString(text[first:])
	return text[:first+second]
}
