package procedures

import "jieli/approval"

// Paper is a form a case can be printed as (domain.md, 2k).
type Paper struct {
	Key   string
	Title approval.Text
	// Issuer is the kind of office that issues the paper: the last of the kind to have signed a stage
	// alone (in a child case, to have had one). While none has, and where Issuer is empty, it is the office
	// that submitted the case.
	Issuer approval.OfficeKind
	// Acceptance papers exist once the case was returned from acceptance.
	Acceptance bool
}

// Paper returns the paper of a key, if the procedure has it.
func (p Procedure) Paper(key string) (Paper, bool) {
	for _, paper := range p.Papers {
		if paper.Key == key {
			return paper, true
		}
	}
	return Paper{}, false
}

func slipPaper(issuer approval.OfficeKind) Paper {
	return Paper{Key: "slip", Title: approval.Text{ZH: "接收审批表", EN: "approval slip"}, Issuer: issuer}
}

func noticePaper() Paper {
	return Paper{Key: "notice", Title: approval.Text{ZH: "一次性告知书", EN: "one-time notice"}, Issuer: approval.KindBureau, Acceptance: true}
}

// closingPapers are what both sides sign at the end: who was received, and who was not.
func closingPapers(issuer approval.OfficeKind) []Paper {
	return []Paper{{Key: "closing", Title: approval.Text{ZH: "交接确认单", EN: "closing sheet"}, Issuer: issuer},
		{Key: "outstanding", Title: approval.Text{ZH: "遗留人员清单", EN: "outstanding list"}, Issuer: issuer}}
}

// partyPapers are in three parts; the Party organisation that submits the case issues them.
func partyPapers() []Paper {
	return []Paper{{Key: "partyLetter", Title: approval.Text{ZH: "组织关系介绍信", EN: "Party letter"}}}
}

// archivePapers travel with the packet; whoever sends it issues them.
func archivePapers() []Paper {
	return []Paper{{Key: "manifest", Title: approval.Text{ZH: "人事档案移交名册", EN: "manifest of archives"}},
		{Key: "transmission", Title: approval.Text{ZH: "人事档案转递通知单", EN: "transmission slip"}}}
}
