package roster

// ask consults the registry and the earlier upload about the batch.
func (c *checker) ask() error {
	if c.options.Managed == nil && c.options.Earlier == nil {
		return nil
	}
	numbers := make([]string, 0, len(c.batch))
	for i := range c.batch {
		if c.batch[i].key != "" {
			numbers = append(numbers, c.batch[i].key)
		}
	}
	if len(numbers) == 0 {
		return nil
	}
	if c.options.Managed != nil {
		managed, err := c.options.Managed(c.ctx, numbers)
		if err != nil {
			return err
		}
		for i := range c.batch {
			if entry := &c.batch[i]; entry.key != "" && managed[entry.key] {
				text := wording(CodeAlreadyManaged, "")
				entry.row.add(CodeAlreadyManaged, ColumnIDNumber, text.zh, text.en)
			}
		}
	}
	if c.options.Earlier != nil {
		held, err := c.options.Earlier(numbers)
		if err != nil {
			return err
		}
		for i := range c.batch {
			if entry := &c.batch[i]; entry.key != "" {
				if earlier, ok := held[entry.key]; ok {
					c.compareWithEarlier(&entry.row, earlier)
				}
			}
		}
	}
	return nil
}

func (c *checker) compareWithEarlier(row *Row, earlier int) {
	switch {
	case !c.layout.corrected:
		row.Origin = earlier
	case row.Origin == earlier, c.origins[earlier]:
	default:
		row.sayHeldEarlier(earlier)
	}
}
