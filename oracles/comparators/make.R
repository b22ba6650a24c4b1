# Scores, judgements and imported risks beside the outcome of 160 invented patients: what R's glm and pROC say of them.
# Rscript make.R > comparators.json && npx prettier --write comparators.json
suppressMessages({
  library(pROC)
  library(jsonlite)
})
set.seed(20261124)
n <- 160
latent <- rnorm(n)
outcome <- rbinom(n, 1, plogis(-0.6 + 1.1 * latent))
model <- plogis(-0.5 + 0.9 * latent + rnorm(n))
grades <- pmin(5, pmax(0, round(2 + 1.2 * latent + rnorm(n))))
stated <- round(plogis(0.4 + 1.4 * latent + rnorm(n)), 2)
stated <- pmin(0.99, pmax(0.01, stated))
stated[sample(n, 19)] <- NA
learning <- seq_len(100)
testing <- 101:n

of <- function(score, in_large) {
  known <- !is.na(score)
  rows <- learning[known[learning]]
  fit <- if (in_large) {
    glm(outcome[rows] ~ 1, binomial, offset = qlogis(score[rows]), control = list(epsilon = 1e-14, maxit = 100))
  } else {
    glm(outcome[rows] ~ score[rows], binomial, control = list(epsilon = 1e-14, maxit = 100))
  }
  held <- testing[known[testing]]
  own <- roc(outcome[held], score[held], direction = "<", quiet = TRUE)
  other <- roc(outcome[held], model[held], direction = "<", quiet = TRUE)
  interval <- ci.auc(own, method = "delong")
  test <- roc.test(other, own, method = "delong", paired = TRUE)
  linear <- if (in_large) coef(fit) + qlogis(score[held]) else coef(fit)[1] + coef(fit)[2] * score[held]
  list(
    kind = if (in_large) "imported" else "judgement",
    score = score,
    intercept = unname(coef(fit)[1]),
    slope = if (in_large) 1 else unname(coef(fit)[2]),
    risk = unname(plogis(linear)),
    patients = length(held),
    auc = as.numeric(own$auc),
    lower = interval[1],
    upper = interval[3],
    difference = as.numeric(other$auc - own$auc),
    z = unname(test$statistic),
    pValue = test$p.value
  )
}
answer <- list(
  made = paste(R.version.string, "pROC", packageVersion("pROC")),
  outcome = outcome,
  model = model,
  learning = length(learning),
  comparators = list(of(grades, FALSE), of(stated, TRUE))
)
cat(toJSON(answer, auto_unbox = TRUE, digits = I(17), na = "null", pretty = FALSE), "\n", sep = "")
