package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/procedures"
)

// branchPlace is the community an organisation is founded for: its office, region and path.
type branchPlace struct{ office, region, path string }

// checkBranch refuses what cannot be founded: for a community that is none, is not of the committee's street, or
// has an organisation (one community, one organisation), or with too few members.
func checkBranch(ctx context.Context, q querier, fold *approval.Case) (branchPlace, error) {
	var place branchPlace
	var within, has bool
	err := q.QueryRow(ctx, `SELECT c.id, c.region, c.path, c.region LIKE st.region || '%', EXISTS (SELECT FROM offices p WHERE p.kind = 'party' AND p.serves = c.id)
		FROM offices c, offices a JOIN offices st ON st.id = a.serves WHERE c.kind = 'community' AND c.region = $1 AND a.id = $2`, formText(fold.Form, "community"), fold.Office).
		Scan(&place.office, &place.region, &place.path, &within, &has)
	var members float64
	_ = json.Unmarshal(fold.Form["members"], &members)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return place, approval.Invalid("form.community", "没有这个社区（村），请从列表中选择", "there is no such community; choose one from the list")
	case err != nil:
		return place, err
	case !within:
		return place, approval.Invalid("form.community", "该社区（村）不属于本街道", "the community is not of this street")
	case has:
		return place, approval.Invalid("form.community", "该社区（村）已有党组织，一个社区（村）设一个党组织", "the community has a Party organisation: one for each")
	case members != float64(int(members)) || int(members) < procedures.MinimumBranchMembers:
		return place, approval.Invalid("form.members", fmt.Sprintf("正式党员不足 %d 人的，可编入联合党支部或功能型党支部", procedures.MinimumBranchMembers),
			fmt.Sprintf("with fewer than %d full members a joint or functional branch takes them in", procedures.MinimumBranchMembers))
	}
	return place, nil
}

// settleBranch checks what is proposed, and founds what is approved: an office of its own, which takes members in
// as soon as the directory names its officers.
func settleBranch(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	place, err := checkBranch(ctx, tx, fold)
	if err != nil || entry.Stage != procedures.StageBranchApproval {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO offices(id, kind, name, region, path, serves) VALUES ('party-' || $1, 'party', $2, $3, $4, $1)`,
		place.office, formText(fold.Form, "organisationName"), place.region, place.path)
	return err
}
