package store

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/procedures"
)

// proposeArchiveCase adds what is proposed for a stage of a case about one archive.
func (s *Store) proposeArchiveCase(ctx context.Context, tx pgx.Tx, stage *approval.Stage, p *stageProposal) error {
	found, err := readArchive(ctx, tx, p.fold.Subject, false)
	if err != nil {
		return err
	}
	const today, todayEN = "当日", "today"
	review := func() error {
		on, err := s.reviewAfter(ctx, tx, p.fold.Facts[procedures.FactRegion])
		p.fresh("reviewOn", on, "按复查间隔设置计算", "after the time the place has set")
		return err
	}
	switch stage.Key {
	case procedures.StageAccessReading:
		var visitors []struct{ Name string }
		_ = json.Unmarshal(p.fold.Form["visitors"], &visitors)
		names := make([]string, len(visitors))
		for i, visitor := range visitors {
			names[i] = visitor.Name
		}
		p.fresh("readOn", s.today(), today, todayEN)
		p.fresh("readers", strings.Join(names, "、"), "申请所列来人", "those named in the application")
	case procedures.StageAccessLending:
		p.fresh("lentOn", s.today(), today, todayEN)
		p.fresh("volumesLent", found.volumes, "档案登记的卷数，须整卷借出", "as the archive has; it is lent whole")
		return proposePages(ctx, tx, p)
	case procedures.StageAccessReceipt:
		p.fresh("volumesCounted", formNumber(p.fold.Form, "volumesLent"), "借出登记的卷数，请当面点清", "as handed out; to be counted together")
	case procedures.StageAccessReturn:
		p.fresh("returnedOn", s.today(), today, todayEN)
		p.fresh("condition", procedures.ReturnedWhole, "请逐页核对后确认", "to be confirmed page by page")
	case procedures.StageRecallConfirm:
		p.fresh("keeper", procedures.KeptByEnterprise, "通常由原企业接回", "the enterprise takes it back, as a rule")
		p.fresh("becomes", procedures.RecalledHeld, "追回的档案通常暂不移交", "a recalled archive is held, as a rule")
		return review()
	case procedures.StageRecallReceipt, procedures.StageRecallReply:
		p.fresh("volumesCounted", found.volumes, "转出的卷数，请当面点清", "as sent; to be counted")
		p.fresh("receivedOn", s.today(), today, todayEN)
	case procedures.StageHoldRegister:
		p.fresh("keeper", procedures.KeptByEnterprise, "通常留在原企业", "it stays with the enterprise, as a rule")
		return review()
	case procedures.StageReviewRegister:
		return review()
	case procedures.StageReviewConfirm:
		back := "no"
		if formText(p.fold.Form, "outcome") == procedures.ReviewReleased && found.holder != found.enterprise {
			back = "yes"
		}
		p.set("handedBack", back, "现由"+found.holderName+"保管", "kept by "+found.holderName)
	}
	return nil
}

// proposePages takes the number of pages the last transfer listed, where it did.
func proposePages(ctx context.Context, tx pgx.Tx, p *stageProposal) error {
	var pages int
	err := tx.QueryRow(ctx, `SELECT pages FROM archive_items WHERE person = $1 AND pages > 0 ORDER BY case_no DESC LIMIT 1`, p.fold.Subject).Scan(&pages)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	p.fresh("pagesLent", pages, "移交名册所列页数", "as the manifest lists them")
	return err
}
