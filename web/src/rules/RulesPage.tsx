import { CalculatorOutlined, LinkOutlined } from '@ant-design/icons';
import { Alert, Button, Form } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors, Problem } from '../api/problem';
import { type RuleView, useRules, useTryRule } from '../api/rules';
import { FieldInput } from '../case/form/FieldInput';
import { type FieldSpec, isAsked, isRequired, readSchema, type Values } from '../case/form/schema';
import { Clause } from '../shared/Clause';
import { Empty, Panel } from '../shared/Panel';
import { ScopePicker } from '../shared/ScopePicker';
import { TabBar } from '../shared/TabBar';
import { useProblemWords } from '../shared/tell';
import { useText } from '../shared/text';
import { usePhone } from '../shared/useMedia';
import { useUrlState } from '../shared/useUrlState';
import { Answer } from './Answer';
import { factsOf, groupOf, isMissing } from './facts';
import { PlaceInput } from './PlaceInput';
import './rules.css';

/** 规则试算: choose a rule, give the facts, see the result and how it came about. */
export function RulesPage() {
  const { t } = useTranslation('rules');
  const text = useText();
  const [params, change] = useUrlState();
  const query = useRules();
  return (
    <div className="page">
      <div className="page-head">
        <h1 className="grow">{t('title')}</h1>
      </div>
      <p className="quiet gap-below">{t('hint')}</p>
      <Panel query={query}>
        {(rules) => {
          const rule = rules.find((each) => each.name === params.get('rule')) ?? rules[0];
          return rule ? (
            <TabBar
              label={t('choose')}
              tabs={rules.map((each) => ({ key: each.name, label: text(each.title) }))}
              active={rule.name}
              onChange={(name) => change({ rule: name })}
            >
              <Trial key={rule.name} rule={rule} />
            </TabBar>
          ) : (
            <Empty title={t('empty')} />
          );
        }}
      </Panel>
    </div>
  );
}

function Trial({ rule }: { rule: RuleView }) {
  const { t } = useTranslation('rules');
  const text = useText();
  const words = useProblemWords();
  const specs = readSchema(rule.schema);
  const [values, setValues] = useState<Values>({});
  const attempt = useTryRule(rule.name);
  const errors = attempt.error instanceof Problem ? fieldErrors(attempt.error, '') : new Map<string, string>();
  const phone = usePhone();
  const result = useRef<HTMLElement>(null);
  const run = () =>
    attempt.mutate(factsOf(specs, values), {
      // On a phone the result lies below the form.
      onSuccess: () => phone && requestAnimationFrame(() => result.current?.scrollIntoView()),
    });
  return (
    <div className="trial">
      <section className="box" aria-label={text(rule.title)}>
        <h2>{text(rule.title)}</h2>
        <Form layout="vertical" component="div">
          <FactList specs={specs} values={values} path="" errors={errors} onChange={setValues} />
        </Form>
        <Button
          type="primary"
          icon={<CalculatorOutlined aria-hidden />}
          loading={attempt.isPending}
          disabled={isMissing(specs, values)}
          onClick={run}
        >
          {t('calculate')}
        </Button>
        {attempt.error && errors.size === 0 && <Alert type="error" showIcon title={words(attempt.error)} />}
        {rule.sources.length > 0 && (
          <div className="trial-sources">
            <div className="quiet">{t('sources')}</div>
            {rule.sources.map((source) => (
              <a key={source.address} href={source.address} target="_blank" rel="noreferrer">
                <LinkOutlined aria-hidden /> {text(source.title)}
              </a>
            ))}
          </div>
        )}
      </section>
      <section ref={result} className="box trial-answer" aria-label={t('result')} aria-live="polite">
        {attempt.data ? (
          <Answer answer={attempt.data} />
        ) : (
          <Empty icon={<CalculatorOutlined aria-hidden />} title={t('empty')} />
        )}
      </section>
    </div>
  );
}

interface ListProps {
  specs: FieldSpec[];
  values: Values;
  /** Where the values stand in the input, as problems name it. */
  path: string;
  errors: Map<string, string>;
  onChange: (values: Values) => void;
}

function FactList({ specs, values, path, errors, onChange }: ListProps) {
  const text = useText();
  const set = (key: string) => (value: unknown) => onChange({ ...values, [key]: value });
  return specs
    .filter((spec) => isAsked(spec, values))
    .map((spec) =>
      spec.kind === 'group' ? (
        <fieldset key={spec.key} className="trial-group">
          <legend>{text(spec.title)}</legend>
          <FactList
            specs={spec.fields}
            values={groupOf(values[spec.key])}
            path={`${path}${spec.key}.`}
            errors={errors}
            onChange={set(spec.key)}
          />
        </fieldset>
      ) : (
        <Fact
          key={spec.key}
          spec={spec}
          value={values[spec.key]}
          required={isRequired(spec, values)}
          error={errors.get(path + spec.key)}
          onChange={set(spec.key)}
        />
      ),
    );
}

/** The inputs that name a place by its division code. */
const PLACES = ['region', 'residence', 'hukou', 'enterpriseRegion'];

interface FactProps {
  spec: FieldSpec;
  value: unknown;
  required: boolean;
  error: string | undefined;
  onChange: (value: unknown) => void;
}

function Fact({ spec, value, required, error, onChange }: FactProps) {
  const text = useText();
  const id = `field-${spec.key}`;
  return (
    <Form.Item
      htmlFor={id}
      label={
        spec.kind === 'boolean' ? undefined : (
          <span>
            {text(spec.title)} <Clause name={spec.clause} />
          </span>
        )
      }
      required={required}
      {...(error ? { validateStatus: 'error' as const, help: error } : {})}
    >
      {spec.key === 'calendar' ? (
        <ScopePicker
          id={id}
          label={text(spec.title)}
          value={typeof value === 'string' && value ? value : 'national'}
          offices
          onChange={onChange}
        />
      ) : PLACES.includes(spec.key) ? (
        <PlaceInput
          id={id}
          label={text(spec.title)}
          value={typeof value === 'string' ? value : ''}
          onChange={onChange}
        />
      ) : (
        <FieldInput id={id} spec={spec} value={value} disabled={false} onChange={onChange} />
      )}
    </Form.Item>
  );
}
