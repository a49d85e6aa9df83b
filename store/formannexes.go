package store

import (
	"fmt"
	"strings"

	"jieli/approval"
)

// asset is a row of the asset annex of a whole transfer (F3).
type asset struct {
	Name     string  `json:"name"`
	Quantity float64 `json:"quantity"`
	Unit     string  `json:"unit"`
}

// assetCount is what one side counted of an asset.
type assetCount struct {
	Asset      string   `json:"asset"`
	Listed     float64  `json:"listed"`
	Sent       *float64 `json:"sent,omitempty"`
	Counted    *float64 `json:"counted,omitempty"`
	Difference string   `json:"difference,omitempty"`
}

// member is one of the staff who go with the body, with what they say to it.
type member struct {
	Name        string `json:"name"`
	Post        string `json:"post"`
	Consents    *bool  `json:"consents,omitempty"`
	Arrangement string `json:"arrangement,omitempty"`
}

func checkAnnexes(form approval.Form) error {
	for _, annex := range []string{"organisation", "staff", "assets"} {
		if err := checkNames(annex, formList[named](form, annex)); err != nil {
			return err
		}
	}
	for i, one := range formList[asset](form, "assets") {
		if one.Quantity <= 0 {
			return approval.Invalid("form.assets", fmt.Sprintf("第 %d 条：数量应大于 0", i+1), fmt.Sprintf("entry %d: the quantity is more than 0", i+1))
		}
	}
	return nil
}

// checkCount refuses a count that leaves an asset of the annex out, or a difference that nobody explains.
func checkCount(form approval.Form, field string) error {
	counts := map[string]assetCount{}
	for _, one := range formList[assetCount](form, field) {
		counts[one.Asset] = one
	}
	sent := map[string]assetCount{}
	for _, one := range formList[assetCount](form, "countSent") {
		sent[one.Asset] = one
	}
	for _, one := range formList[asset](form, "assets") {
		count, found := counts[one.Name]
		if !found || count.Counted == nil || *count.Counted < 0 {
			return approval.Invalid("form."+field, "请填写“"+one.Name+"”的实点数量", "give the count of "+one.Name)
		}
		if field != "countReceived" {
			continue
		}
		other := sent[one.Name].Counted
		if differs := *count.Counted != one.Quantity || other != nil && *other != *count.Counted; differs && strings.TrimSpace(count.Difference) == "" {
			return approval.Invalid("form."+field, "“"+one.Name+"”数量不一致，请写明差异", "the numbers of "+one.Name+" differ: say how")
		}
	}
	return nil
}

// checkPlacements refuses a list that leaves anybody out, or says nothing of somebody without consent.
func checkPlacements(form approval.Form) error {
	said := map[string]member{}
	for _, one := range formList[member](form, "placements") {
		said[one.Name] = one
	}
	for _, one := range formList[member](form, "staff") {
		found, known := said[one.Name]
		if !known || found.Consents == nil {
			return approval.Invalid("form.placements", "请填写"+one.Name+"的意见", "say what "+one.Name+" says")
		}
		if !*found.Consents && strings.TrimSpace(found.Arrangement) == "" {
			return approval.Invalid("form.placements", one.Name+"不同意随机构移交，请写明安置办法", one.Name+" does not go with the body: say what is arranged")
		}
	}
	return nil
}

// countsOf makes the rows of a count from the annex, with what was counted before.
func countsOf(form approval.Form, field string) []assetCount {
	held := map[string]assetCount{}
	for _, one := range formList[assetCount](form, field) {
		held[one.Asset] = one
	}
	sent := map[string]assetCount{}
	if field == "countReceived" {
		for _, one := range formList[assetCount](form, "countSent") {
			sent[one.Asset] = one
		}
	}
	rows := []assetCount{}
	for _, one := range formList[asset](form, "assets") {
		row := held[one.Name]
		row.Asset, row.Listed, row.Sent = one.Name, one.Quantity, sent[one.Name].Counted
		rows = append(rows, row)
	}
	return rows
}

// differencesOf are the assets of which the receiving side counted another number than is listed or was sent.
func differencesOf(form approval.Form) []assetCount {
	rows := []assetCount{}
	for _, one := range countsOf(form, "countReceived") {
		if one.Difference != "" {
			one.Sent = nil
			rows = append(rows, one)
		}
	}
	return rows
}

// placementsOf makes the rows of the staff's consent from the annex, with what was said before.
func placementsOf(form approval.Form) []member {
	held := map[string]member{}
	for _, one := range formList[member](form, "placements") {
		held[one.Name] = one
	}
	rows := []member{}
	for _, one := range formList[member](form, "staff") {
		row := held[one.Name]
		row.Name, row.Post = one.Name, one.Post
		rows = append(rows, row)
	}
	return rows
}

// withoutConsent are the staff who do not go with the body.
func withoutConsent(form approval.Form) []named {
	rows := []named{}
	for _, one := range formList[member](form, "placements") {
		if one.Consents != nil && !*one.Consents {
			rows = append(rows, named{Name: one.Name, Arrangement: one.Arrangement})
		}
	}
	return rows
}
