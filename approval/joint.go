package approval

import "slices"

// verdict is what the signatures of a visit amount to.
type verdict int

const (
	undecided verdict = iota
	agreed
	refused
)

// voice is how one declared signer stands: their task, and those added before and after it.
type voice int

const (
	silent voice = iota
	agreeing
	refusing
)

// voiceOf tells how a signer stands. A signature counts only once everybody added after it has signed too.
func (v *Visit) voiceOf(task *Task) voice {
	if task.State != TaskSigned {
		return silent
	}
	if task.Answer == OutcomeReturned || task.Answer == OutcomeRejected {
		return refusing
	}
	for i := range v.Tasks {
		after := &v.Tasks[i]
		if after.Serves == task.ID && after.Kind == TaskAfter && after.Unsigned() {
			return silent
		}
	}
	return agreeing
}

// verdict counts the signers of a visit under the stage's mode and veto rule (signoff.md, Modes).
func (v *Visit) verdict(stage *Stage) verdict {
	signers, agreeingCount, refusingCount := 0, 0, 0
	mandatoryMissing, mandatoryRefused := false, false
	for i := range v.Tasks {
		task := &v.Tasks[i]
		if task.Kind != TaskSigner {
			continue
		}
		signers++
		voice := v.voiceOf(task)
		switch voice {
		case agreeing:
			agreeingCount++
		case refusing:
			refusingCount++
		}
		if task.Mandatory && voice != agreeing {
			mandatoryMissing = true
			mandatoryRefused = mandatoryRefused || voice == refusing
		}
	}
	needed := signers
	switch stage.Mode {
	case ModeAny:
		needed = 1
	case ModeQuorum:
		needed = min(stage.Quorum, signers)
	}
	allSpoke := agreeingCount+refusingCount == signers
	if stage.Veto == VetoMajority && (stage.Mode == ModeAll || stage.Mode == ModeSequence) {
		// Everybody signs, more than half decides.
		switch {
		case refusingCount*2 >= signers:
			return refused
		case allSpoke:
			return agreed
		}
		return undecided
	}
	unreachable := agreeingCount+(signers-agreeingCount-refusingCount) < needed || mandatoryRefused
	switch {
	case refusingCount > 0 && (stage.Veto == "" || stage.Veto == VetoFirst):
		return refused
	case agreeingCount >= needed && !mandatoryMissing:
		return agreed
	case stage.Veto == VetoMajority && (refusingCount*2 > signers || unreachable):
		return refused
	case allSpoke:
		return refused
	}
	return undecided
}

// wish is what the refusals of a visit ask for together: back to the earliest stage any of them
// named, every stage again if any wants that, with all defects at once. The case is rejected only
// when more signers wanted that than a return.
func (c *Case) wish(visit *Visit) Wish {
	var joined Wish
	rejections, returns := 0, 0
	for i := range visit.Tasks {
		task := &visit.Tasks[i]
		if task.Wish == nil {
			continue
		}
		if task.Wish.Reject {
			rejections++
			continue
		}
		returns++
		if joined.ToStage == "" || c.stageIndex(task.Wish.ToStage) < c.stageIndex(joined.ToStage) {
			joined.ToStage = task.Wish.ToStage
		}
		if joined.AfterReturn == "" || task.Wish.AfterReturn == AfterReturnWalk {
			joined.AfterReturn = task.Wish.AfterReturn
		}
		joined.Defects = append(joined.Defects, task.Wish.Defects...)
	}
	if rejections > returns {
		return Wish{Reject: true}
	}
	return joined
}

// HoldUps are the open tasks a task waits for: those added before it and those it was delegated to.
func (v *Visit) HoldUps(id string) []*Task {
	var open []*Task
	for i := range v.Tasks {
		task := &v.Tasks[i]
		if task.Serves == id && (task.Kind == TaskBefore || task.Kind == TaskDelegated) && task.Unsigned() {
			open = append(open, task)
		}
	}
	return open
}

// nextAfter is the next task added after a signed one that nobody has begun; nil when there is none.
func (v *Visit) nextAfter(id string) *Task {
	for i := range v.Tasks {
		if task := &v.Tasks[i]; task.Serves == id && task.Kind == TaskAfter && task.State == TaskWaiting {
			return task
		}
	}
	return nil
}

// nextInSequence is the signer whose turn it is once a task is done; nil when it is nobody's.
func (v *Visit) nextInSequence(stage *Stage) *Task {
	if stage.Mode != ModeSequence {
		return nil
	}
	for i := range v.Tasks {
		task := &v.Tasks[i]
		if task.Kind != TaskSigner || task.State == TaskSuperseded {
			continue
		}
		if task.State == TaskWaiting && len(v.HoldUps(task.ID)) == 0 {
			return task
		}
		if v.voiceOf(task) == silent {
			return nil
		}
	}
	return nil
}

// Arrange puts the tasks of an opening visit in order: in a sequence all but the first wait.
func Arrange(stage *Stage, tasks []Task) {
	if stage.Mode != ModeSequence {
		return
	}
	for i := range tasks {
		if i > 0 {
			tasks[i].State = TaskWaiting
		}
	}
}

// clone copies a visit so that a signature can be tried on it.
func (v *Visit) clone() *Visit {
	copied := *v
	copied.Tasks = slices.Clone(v.Tasks)
	return &copied
}

func (v *Visit) task(id string) *Task {
	for i := range v.Tasks {
		if v.Tasks[i].ID == id {
			return &v.Tasks[i]
		}
	}
	return nil
}
