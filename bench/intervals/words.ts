/** The words of docs/coverage.md; its numbers come from the tables. */

/** What was done and how truth is known. */
export function introduction(cohorts: number, population: number): string {
  return `# Do intervals hold the truth as often as they say?

Written by \`npm run bench:coverage\`: ${String(cohorts)} simulated cohorts a scenario, clinical and axillary variables of
the flagship's simulator without images, through the functions of a run (\`prepareStudy\`, \`runFitTask\`,
\`judgedPredictions\`, \`evaluateStudy\`). The probability of every simulated patient is known. What a model is worth is
therefore computed, not estimated: its risks for ${population.toLocaleString("en")} fresh patients are compared with their
probabilities, without drawing an outcome. AUC: expected share of pairs that it ranks rightly. Slope and intercept: the
logistic regression to which the expected outcomes lead. Net benefit and shares: expected counts.

An interval of 95 % passes when it holds the truth in 93 to 97 % of the cohorts; what does not pass is printed in bold. The
Monte Carlo standard error of a coverage of 95 % is ${(100 * Math.sqrt((0.95 * 0.05) / cohorts)).toFixed(2)} percentage points, so that about one in
twenty-five intervals of exactly 95 % leaves this range by chance. An estimate of AUC passes when its mean error is below 0.01.

What the truth is the truth of:

- **final model**: the model that the study delivers, in new patients. Another cohort gives another model and another truth.
- **fold models**: the mean over the models of cross-validation, which learned from a part of the patients.
- **method**: what models learned in this way from cohorts of this size are worth on average.`;
}

/** How many intervals of held-out patients pass. */
export const verdict = `## Patients whom no model learned from

All intervals that a run prints of a test set, over scenarios, models, sizes of the test set and thresholds:`;

/** Held-out patients. */
export const held = {
  abstract: `### A test set as the abstract's, and smaller ones

Coverage in per cent of what a run prints (AUC: DeLong; intercept and slope: Wald; net benefit: percentile bootstrap of 1,000
samples; shares: Wilson), about the final model. Smaller test sets are the first patients of the larger one.`,
  nearOne: `### A model that is nearly perfect

The same where the AUC is about 0.97 and few patients are ranked wrongly.`,
};

/** Development patients. */
export const internal = {
  crossValidation: `## Cross-validation

The AUC is the mean over repeats with the mean of their DeLong variances (a contract of \`results.json\`). Net benefit, shares and
intercept are printed in the same way. The variance of the **slope** is doubled: see below.`,
  bias: `## Bias

Mean of the estimate less the truth of the final model, with its Monte Carlo standard error. The optimism-corrected, .632 and .632+
estimates are those of the library, from 200 samples.`,
  correction: `The interval of an optimism-corrected AUC: \`optimismInterval\`, and the percentiles less the optimism of Noma's first algorithm.`,
};

/** Pairs of models. */
export const comparisons = {
  text: `## Two models on the same patients

"As printed" is DeLong's paired difference. IDI and NRI are those of the library, the difference of net benefit has a percentile
bootstrap interval of patients. The models were fitted, so that a true difference is never exactly 0.`,
  size: `Two scores that are equally good, exactly: the logit of model C's risk with one column of noise added, and with another. How
often a test at 5 % calls one of them better:`,
};

/** Missing values. */
export const missing = `## Missing values

"Incomplete patients": the run's own interval, each patient's risk being the mean over imputations, about new patients with the same
gaps. "Complete patients": the AUC pooled over imputations of the test set, with the outcome among the predictors of the imputation,
about new patients without gaps.`;

/** Intervals that were compared. */
export const others = `## Other intervals

Intervals that a run does not print beside those that it prints.`;

/** What follows. */
export const lessons = `## What follows

- _Slope after cross-validation._ Out-of-fold predictions give a slope that hardly varies from cohort to cohort, since a cohort whose
  associations are too strong tests its models as kindly as it trained them. The slope that the delivered model will show in new patients
  does vary, about as much as an observed slope does in a test set of that size. A Wald interval of one variance counts one
  of the two; a run therefore doubles it (Nadeau and Bengio 2003 arrive at a little more than twice for averages over folds). What it does not mend is bias: models of
  four fifths of the patients are a little more overfitted, and pooling the predictions of several models flattens the slope a little more.
- _AUC after cross-validation._ The interval takes the models as they are. Training adds little to its variance where there
  are ten events or more a coefficient, and some where there are fewer.
- _Intercept after cross-validation._ The out-of-fold risks agree with the observed ones on average whatever the cohort, so that the
  estimate hardly varies; its interval is as wide as the intercept of the delivered model varies in new patients.
- _Optimism-corrected AUC._ The resamples' own AUCs are too high by one more optimism and, being nearer to 1, vary too little. The
  library's interval moves them on the logit scale until their mean is the corrected AUC; what remains is that the models of resamples are no
  new samples. The interval of cross-validation is the better one where there are few events.
- _A calibration slope corrected for optimism_ has no such interval: a model of maximum likelihood has a slope of 1 wherever it was fitted.
- _Near 1_ DeLong's interval is short on its lower side with few events. Where its upper limit would pass 1 a run prints the interval made on the logit
  scale, and at exactly 1 Newcombe's, and says so. Before the limit is reached DeLong's stays a little short; \`delongLogitAuc\` is in the library.
- _Shares at a threshold after cross-validation._ Wilson's interval counts the patients, not that another training set puts other patients above the
  threshold, and for a rule such as fnr<=0.05 another threshold there: specificity above all. Read the interval of a test set.
- _Difference of net benefit._ Where two models treat hardly any patient differently, as at low thresholds, a bootstrap of patients sees few or none of those
  who would differ in the next sample. Read the number of patients who change sides before the interval.

See also [intervals after cross-validation](statistics/intervals-after-cross-validation.md) and
[DeLong and ties](statistics/delong-and-ties.md).`;
