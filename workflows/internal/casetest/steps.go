package casetest

import (
	"errors"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"

	"jieli/approval"
	"jieli/workflows/signoff"
)

// Answer is what became of a command.
type Answer struct {
	Result signoff.Result
	// Rejected is set when the validator refused, which writes no history.
	Rejected bool
	// Refusal is the refusal, whoever found it; Err anything else that went wrong.
	Refusal *approval.Error
	Err     error
}

// Send sends one command as an Update and hands over its answer.
func (c *Case) Send(command approval.Command, answer func(Answer)) {
	c.Env.UpdateWorkflow(signoff.ActUpdate, command.Key, &testsuite.TestUpdateCallback{
		OnAccept: func() {},
		OnReject: func(err error) { answer(Answer{Rejected: true, Refusal: refusalOf(err), Err: err}) },
		OnComplete: func(success any, err error) {
			result, _ := success.(signoff.Result)
			answer(Answer{Result: result, Refusal: result.Refusal, Err: err})
		},
	}, command)
}

func refusalOf(err error) *approval.Error {
	var application *temporal.ApplicationError
	var refusal *approval.Error
	if errors.As(err, &application) && application.HasDetails() && application.Details(&refusal) == nil {
		return refusal
	}
	return nil
}

// Act is a step that must be taken and written.
func Act(person string, action approval.Action, changes ...func(*approval.Command)) Step {
	return func(c *Case, done func()) {
		before := c.Fold()
		c.Send(c.Command(person, action, changes...), func(answer Answer) {
			if answer.Err != nil || answer.Refusal != nil {
				c.T.Errorf("%s by %s at %s: %v %v", action, person, stageOf(before), answer.Err, answer.Refusal)
			}
			if answer.Result.Version <= before.Version {
				c.T.Errorf("%s answered version %d on %d", action, answer.Result.Version, before.Version)
			}
			done()
		})
	}
}

// Refused is a step that must be refused with a code and change nothing.
func Refused(code approval.Code, person string, action approval.Action, changes ...func(*approval.Command)) Step {
	return func(c *Case, done func()) {
		before := c.Fold().Version
		c.Send(c.Command(person, action, changes...), func(answer Answer) {
			if answer.Refusal == nil || answer.Refusal.Code != code {
				c.T.Errorf("%s by %s: %v %v, want %s", action, person, answer.Err, answer.Refusal, code)
			}
			if version := c.Fold().Version; version != before {
				c.T.Errorf("a refused %s wrote entry %d", action, version)
			}
			done()
		})
	}
}

// Sign approves the open stage with what its form proposes.
func Sign(person string, changes ...func(*approval.Command)) Step {
	return func(c *Case, done func()) {
		confirm := func(command *approval.Command) { command.Form = Proposal(c.Fold()) }
		Act(person, approval.ActionApprove, append([]func(*approval.Command){confirm}, changes...)...)(c, done)
	}
}

// Proposal fills in every required field of the open stage with its first option, or a plain value.
func Proposal(fold *approval.Case) approval.Form {
	return required(fold, fold.Stage(fold.Current().Stage).Fields)
}

func required(fold *approval.Case, fields []approval.Field) approval.Form {
	form := approval.Form{}
	for _, field := range fields {
		switch {
		case field.Key == approval.FieldLineSet:
			form[field.Key] = Value(fold.LineSet.Name())
		case field.Key == approval.FieldMaterials:
			all := []string{}
			for _, option := range field.Options {
				all = append(all, option.Value)
			}
			form[field.Key] = Value(all)
		case !field.Required:
		case field.Kind == approval.FieldRecords:
			form[field.Key] = Value([]approval.Form{required(fold, field.Fields)})
		case field.Kind == approval.FieldChoice:
			form[field.Key] = Value(field.Options[0].Value)
		case field.Kind == approval.FieldChoices:
			form[field.Key] = Value([]string{field.Options[0].Value})
		case field.Kind == approval.FieldNumber, field.Kind == approval.FieldMoney, field.Kind == approval.FieldYears:
			form[field.Key] = Value(1)
		case field.Kind == approval.FieldBoolean:
			form[field.Key] = Value(true)
		case field.Kind == approval.FieldDate:
			form[field.Key] = Value("2026-11-24")
		default:
			form[field.Key] = Value("1")
		}
	}
	return form
}

// At is a step that only looks: the open stage must be the one named, or none when the name is empty.
func At(stage string) Step {
	return Look(func(c *Case) {
		if got := stageOf(c.Fold()); got != stage {
			c.T.Errorf("the case stands at %q, not %q", got, stage)
		}
	})
}

// Look is a step that only looks.
func Look(look func(*Case)) Step {
	return func(c *Case, done func()) {
		look(c)
		done()
	}
}

// Wake sends the hint that children may have ended.
func Wake(c *Case, done func()) {
	c.Env.SignalWorkflow(signoff.WakeSignal, nil)
	done()
}

// Pass lets time go by.
func Pass(duration time.Duration) Step {
	return func(c *Case, done func()) { c.Env.RegisterDelayedCallback(done, duration) }
}

func stageOf(fold *approval.Case) string {
	if current := fold.Current(); current != nil {
		return current.Stage
	}
	return ""
}
