package store_test

import (
	"errors"
	"strings"
	"testing"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/store"
)

func directoryFile(name, body string) *store.DirectoryFile {
	return &store.DirectoryFile{Name: name, Body: strings.NewReader(body)}
}

func goodDirectory() store.Directory {
	return store.Directory{
		Regions:     directoryFile("regions.csv", "\ufeffcode,name,parent,level,valid_from,valid_to\n330000,浙江省,,province,,\n330106,西湖区,330000,district,2001-01-01,\n"),
		Offices:     directoryFile("offices.csv", "id,kind,name,region,serves\nb1,bureau,西湖区人社局,330106,\ne1,enterprise,某厂,330106,\np1,party,中共某厂委员会,330106,e1\n"),
		Enterprises: directoryFile("enterprises.csv", "office,credit_code,kind,state,devolved_from_centre,superior\ne1,,city,normal,true,\n"),
		Officers:    directoryFile("officers.csv", "username,name,office,role,valid_from,valid_to\nzhang,张某,b1,clerk,2026-01-01,2026-12-31\nzhang,张某,b1,reviewer,2027-01-01,\n"),
		Settings:    directoryFile("settings.csv", "name,region,valid_from,value,source\nresidence_basis,330106,2026-01-01,hukou,区政府文件\n"),
	}
}

// A directory loads as a whole, again without harm, and new accounts are named.
func TestADirectoryLoadsAndLoadsAgain(t *testing.T) {
	database := stacktest.Empty(t)
	loaded, err := database.LoadDirectory(t.Context(), goodDirectory())
	if err != nil {
		t.Fatal(err)
	}
	if loaded.Lines != 9 || len(loaded.NewAccounts) != 1 || loaded.NewAccounts[0] != "zhang" {
		t.Errorf("loaded %+v", loaded)
	}
	again, err := database.LoadDirectory(t.Context(), goodDirectory())
	if err != nil || len(again.NewAccounts) != 0 {
		t.Errorf("loading again: %+v %v", again, err)
	}
	posts, err := database.Posts(t.Context(), "zhang")
	if err != nil || len(posts) != 1 || posts[0].Role != approval.RoleClerk {
		t.Errorf("only today's post counts: %+v %v", posts, err)
	}
	if err := database.SetPassword(t.Context(), "zhang", "hash"); err != nil {
		t.Error(err)
	}
	if err := database.SetPassword(t.Context(), "nobody", "hash"); approval.AsError(err).Code != approval.CodeNotFound {
		t.Errorf("an unknown account: %v", err)
	}
}

// Every problem is named with its file and line, and nothing is written.
func TestABadDirectoryWritesNothing(t *testing.T) {
	database := stacktest.Empty(t)
	directory := goodDirectory()
	directory.Offices = directoryFile("offices.csv", "id,kind,name,region,serves\nb1,bureau,西湖区人社局,330106,\ne1,enterprise,某厂,330106,\np1,party,中共某厂委员会,330106,\np2,party,中共某局委员会,330106,b1\n"+
		"p3,party,中共某厂委员会,330106,e1\np4,party,中共某厂委员会,330106,e1\n")
	directory.Enterprises = directoryFile("enterprises.csv", "office,credit_code,kind,state,devolved_from_centre,superior\ne1,91210106MA00000010,city,normal,,\nb1,,city,normal,,\n")
	directory.Officers = directoryFile("officers.csv", "username,name,office,role,valid_from,valid_to\nzhang,张某,b1,emperor,,\nli,李某,b9,clerk,,\nwang,王某,b1,clerk,1.1.2026,\n")
	_, err := database.LoadDirectory(t.Context(), directory)
	var refused *approval.Error
	if !errors.As(err, &refused) {
		t.Fatalf("not refused: %v", err)
	}
	places := []string{}
	for _, problem := range refused.Problems {
		places = append(places, problem.Location)
	}
	if got, want := strings.Join(places, " "), "offices.csv:4 offices.csv:5 offices.csv:7 enterprises.csv:2 enterprises.csv:3 officers.csv:2 officers.csv:3 officers.csv:4"; got != want {
		t.Errorf("problems at %s instead of %s", got, want)
	}
	if offices, err := database.Offices(t.Context(), "", "", "", 10); err != nil || len(offices) != 0 {
		t.Errorf("something was written: %v %v", offices, err)
	}
}
