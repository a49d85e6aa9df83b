package approval

// sign records one signature and whatever follows from it: whose turn it is next, or how the visit
// ends. Everything that ends a visit by signing goes through here.
func (c *Case) sign(entry *Entry, visit *Visit, task *Task, outcome Outcome, wish *Wish) {
	stage := c.Stage(visit.Stage)
	signed := Event{Kind: EventTaskSigned, Task: task.ID, Person: entry.Actor.Person, For: entry.Actor.For, Outcome: outcome}
	if stage.Joint() && wish != nil {
		signed.Wish = wish
	}
	entry.add(signed)

	draft := visit.clone()
	after := draft.task(task.ID)
	after.State, after.Answer, after.Wish = TaskSigned, answerOf(outcome), wish

	// An added signer who refuses ends the visit whatever the veto rule: they were asked for that.
	if wish != nil && task.Kind != TaskSigner {
		c.refuse(entry, visit, task, *wish)
		return
	}
	if task.Kind == TaskBefore || task.Kind == TaskDelegated {
		if len(draft.HoldUps(task.Serves)) == 0 {
			entry.add(Event{Kind: EventTaskResumed, Task: task.Serves})
		}
		return
	}
	root := after
	if task.Kind == TaskAfter {
		root = draft.task(task.Serves)
	}
	c.settle(entry, visit, draft, root, task)
}

// settle goes on from what a visit has come to (draft, the visit as it will be): to whoever was
// added after a signer, to the visit's end, of which task is the last one signed, or to whose turn
// it is in a sequence.
func (c *Case) settle(entry *Entry, visit, draft *Visit, signer, task *Task) {
	stage := c.Stage(visit.Stage)
	if next := draft.nextAfter(signer.ID); next != nil && signer.Wish == nil {
		entry.add(Event{Kind: EventTaskOpened, Task: next.ID})
		return
	}
	switch draft.verdict(stage) {
	case agreed:
		closed := Event{Kind: EventVisitClosed, Visit: visit.ID, Outcome: OutcomeApproved, Task: task.ID}
		if stage.FinalApproval {
			closed.Final = new(true)
		}
		entry.add(closed)
		c.advance(visit, entry)
	case refused:
		c.refuse(entry, visit, task, c.wish(draft))
	default:
		if signer.Wish != nil {
			// Nobody signs before or after a signer who has refused.
			for i := range draft.Tasks {
				if one := &draft.Tasks[i]; one.Serves == signer.ID && one.Kind != TaskAdvisory && one.Unsigned() {
					entry.add(Event{Kind: EventTaskRemoved, Task: one.ID})
				}
			}
		}
		if next := draft.nextInSequence(stage); next != nil {
			entry.add(Event{Kind: EventTaskOpened, Task: next.ID})
		}
	}
}

// refuse ends a visit as its refusals want it.
func (c *Case) refuse(entry *Entry, visit *Visit, task *Task, wish Wish) {
	if wish.Reject {
		entry.add(Event{Kind: EventVisitClosed, Visit: visit.ID, Outcome: OutcomeRejected, Task: task.ID})
		c.end(entry, CaseRejected)
		return
	}
	entry.add(Event{Kind: EventVisitClosed, Visit: visit.ID, Outcome: OutcomeReturned, Task: task.ID})
	resume := ""
	if wish.AfterReturn == AfterReturnHere {
		resume = visit.Stage
	}
	entry.add(c.open(wish.ToStage, "returned", &resume, wish.Defects))
}

// end ends the case; what was asked of offices outside its visits ends with it.
func (c *Case) end(entry *Entry, state CaseState) {
	for _, supervision := range c.Supervisions {
		if supervision.State == TaskOpen {
			entry.add(Event{Kind: EventSupervisionEnded, Task: supervision.ID})
		}
	}
	entry.add(Event{Kind: EventCaseEnded, State: state})
}

// answerOf is kept only where it is not an approval, which speaks for itself.
func answerOf(outcome Outcome) Outcome {
	if outcome == OutcomeApproved {
		return ""
	}
	return outcome
}

// PassOn returns the events by which the newest visit passes by itself because whoever has just
// signed the stage before would sign this one too (Stage.PassSamePerson); nil when it does not.
// The case is given with the entry folded in; holds says who holds a post at this moment.
func PassOn(c *Case, actor Actor, holds func(person string, post Post) bool) []Event {
	visit := c.Current()
	if visit == nil || visit.Opened != c.Version || visit.Why != "" || actor.For != "" || actor.Person == SystemPerson || len(visit.Tasks) != 1 {
		return nil
	}
	stage, task := c.Stage(visit.Stage), &visit.Tasks[0]
	if !stage.PassSamePerson || stage.Mode != ModeSingle || stage.Decides || stage.FinalApproval || stage.Acceptance {
		return nil
	}
	if len(ValidateForm(stage.Fields, c.Form, nil)) > 0 || len(missingMaterials(c, stage, nil)) > 0 {
		return nil
	}
	if !holds(actor.Person, Post{Office: task.Office, Role: task.Role}) || c.Conflict(stage, actor.Person, nil) != "" {
		return nil
	}
	entry := Entry{}
	entry.add(Event{Kind: EventTaskSigned, Task: task.ID, Person: actor.Person, Outcome: OutcomeApproved, Passed: true})
	entry.add(Event{Kind: EventVisitClosed, Visit: visit.ID, Outcome: OutcomeApproved, Task: task.ID, Passed: true})
	c.advance(visit, &entry)
	return entry.Events
}
