package rules

import (
	"regexp"
	"strings"
)

// unitPattern finds where an address stops naming a building and begins to name a flat.
var unitPattern = regexp.MustCompile(`(?:[0-9]+|[一二三四五六七八九十]+|[A-Za-z])(?:单元|室|户|门)|[0-9]+[-－—][0-9]+(?:[-－—][0-9]+)*号?$`)

// Estate is the part of an address that neighbours share: district and flat are left out, so that
// 沈阳市铁西区老厂宿舍3栋2单元501室 and 老厂宿舍３栋1-2 are both 老厂宿舍3栋. Empty when nothing is left.
func Estate(address string) string {
	text := strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == ' ' || r == '　' || r == '\t' || r == ',' || r == '，':
			return -1
		}
		return r
	}, address)
	for _, level := range []string{"省", "市", "区", "县"} {
		if before, after, found := strings.Cut(text, level); found && len([]rune(before)) <= 6 && !strings.HasSuffix(before, "小") && !strings.HasSuffix(before, "社") && after != "" {
			text = after
		}
	}
	if place := unitPattern.FindStringIndex(text); place != nil {
		text = text[:place[0]]
	}
	return strings.TrimRight(text, "-－—第")
}
