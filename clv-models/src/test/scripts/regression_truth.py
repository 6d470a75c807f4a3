#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: clv4j contributors
"""Recomputes what PublishedRegressionsTest compares with, from the data sets beside it.

Needs Python 3 with mpmath; run it from the folder of clv-models: python3 src/test/scripts/regression_truth.py
Least squares and Newton's method with 60 digits; the median regression by trying every basis. Nothing of the library is used.
"""
import csv
import itertools
from fractions import Fraction

from mpmath import mp, mpf, matrix, lu_solve, inverse, exp, log, sqrt, loggamma, digamma, polygamma, diff, findroot

mp.dps = 60
FOLDER = "src/test/resources/org/clv4j/models/regression/"


def read(name):
    with open(FOLDER + name + ".csv") as file:
        rows = list(csv.reader(file))
    return rows[0], [[mpf(x) for x in row] for row in rows[1:]]


def show(title, names, beta, errors):
    print(title)
    for name, b, e in zip(names, beta, errors):
        print("  %-12s %s  %s" % (name, mp.nstr(b, 17), mp.nstr(e, 17)))


def gram(x, w):
    k = len(x[0])
    return matrix([[sum(w[i] * x[i][a] * x[i][b] for i in range(len(x))) for b in range(k)] for a in range(k)])


def ols(title, names, x, y):
    n, k = len(x), len(x[0])
    a = gram(x, [mpf(1)] * n)
    beta = lu_solve(a, matrix([sum(x[i][j] * y[i] for i in range(n)) for j in range(k)]))
    rss = sum((y[i] - sum(x[i][j] * beta[j] for j in range(k))) ** 2 for i in range(n))
    mean = sum(y) / n
    tss = sum((v - mean) ** 2 for v in y)
    s2 = rss / (n - k)
    inv = inverse(a)
    show(title, names, beta, [sqrt(s2 * inv[j, j]) for j in range(k)])
    print("  sigma", mp.nstr(sqrt(s2), 17), " R2", mp.nstr(1 - rss / tss, 17))
    for power in (0, 1, 2):
        lev = [sum(x[i][a_] * inv[a_, b] * x[i][b] for a_ in range(k) for b in range(k)) for i in range(n)]
        e = [y[i] - sum(x[i][j] * beta[j] for j in range(k)) for i in range(n)]
        meat = gram(x, [e[i] ** 2 / (1 - lev[i]) ** power for i in range(n)])
        cov = inv * meat * inv
        print("  HC%d" % (0 if power == 0 else power + 1), [mp.nstr(sqrt(cov[j, j]), 17) for j in range(k)])


def log_link(title, names, x, y, variance, dispersed=False):
    """Fisher's scoring to the end."""
    n, k = len(x), len(x[0])
    beta = [log(sum(y) / n)] + [mpf(0)] * (k - 1)
    for _ in range(200):
        mu = [exp(sum(x[i][j] * beta[j] for j in range(k))) for i in range(n)]
        w = [mu[i] ** 2 / variance(mu[i]) for i in range(n)]
        score = matrix([sum((y[i] - mu[i]) * mu[i] / variance(mu[i]) * x[i][j] for i in range(n)) for j in range(k)])
        step = lu_solve(gram(x, w), score)
        beta = [beta[j] + step[j] for j in range(k)]
        if max(abs(s) for s in step) < mpf(10) ** -50:
            break
    phi = mpf(1)
    if dispersed:
        phi = sum((y[i] - mu[i]) ** 2 / variance(mu[i]) for i in range(n)) / (n - k)
    inv = inverse(gram(x, w))
    errors = [sqrt(phi * inv[j, j]) for j in range(k)]
    if title:
        show(title, names, beta, errors)
        print("  dispersion", mp.nstr(phi, 17))
    return beta, errors, mu


def nb(names, x, y):
    n = len(y)
    theta = mpf(1)
    for _ in range(60):
        mu = log_link("", names, x, y, lambda m: m + m * m / theta)[2]

        def score(t):
            return sum(digamma(y[i] + t) - digamma(t) + log(t) + 1 - log(t + mu[i]) - (y[i] + t) / (t + mu[i])
                       for i in range(n))
        new = findroot(score, theta)
        if abs(new - theta) < mpf(10) ** -30:
            break
        theta = new
    mp_info = -sum(polygamma(1, y[i] + theta) - polygamma(1, theta) + 1 / theta - 2 / (theta + mu[i])
                   + (y[i] + theta) / (theta + mu[i]) ** 2 for i in range(n))
    log_link("quine, theta estimated", names, x, y, lambda m: m + m * m / theta)
    ll = sum(loggamma(y[i] + theta) - loggamma(theta) - loggamma(y[i] + 1) + theta * log(theta)
             + y[i] * log(mu[i]) - (theta + y[i]) * log(theta + mu[i]) for i in range(n))
    print("  theta", mp.nstr(theta, 17), " s.e.", mp.nstr(1 / sqrt(mp_info), 17), " 2 log L", mp.nstr(2 * ll, 17))


def truncated(title, names, x, y, poisson):
    """Zero-truncated counts by Newton's method on beta and ln theta; the errors are those of the observed information."""
    rows = [i for i in range(len(y)) if y[i] > 0]
    k = len(x[0])
    n = k if poisson else k + 1

    def likelihood(p):
        total = mpf(0)
        for i in rows:
            mu = exp(sum(x[i][j] * p[j] for j in range(k)))
            if poisson:
                total += y[i] * log(mu) - mu - loggamma(y[i] + 1) - log(1 - exp(-mu))
            else:
                t = exp(p[k])
                total += (loggamma(y[i] + t) - loggamma(t) - loggamma(y[i] + 1) + t * log(t / (t + mu))
                          + y[i] * log(mu / (t + mu)) - log(1 - (t / (t + mu)) ** t))
        return total

    def score(p):
        s = [mpf(0)] * n
        for i in rows:
            mu = exp(sum(x[i][j] * p[j] for j in range(k)))
            if poisson:
                along = y[i] - mu / (1 - exp(-mu))
            else:
                t = exp(p[k])
                none = (t / (t + mu)) ** t
                along = t / (t + mu) * (y[i] - mu / (1 - none))
                by_t = log(t / (t + mu)) + mu / (t + mu)
                s[k] += t * (digamma(y[i] + t) - digamma(t) - y[i] / (t + mu) + by_t / (1 - none))
            for j in range(k):
                s[j] += along * x[i][j]
        return s

    def jacobian(p):
        h = mpf(10) ** -22
        columns = []
        for j in range(n):
            up, down = list(p), list(p)
            up[j] += h
            down[j] -= h
            columns.append([(a - b) / (2 * h) for a, b in zip(score(up), score(down))])
        return matrix([[columns[j][i] for j in range(n)] for i in range(n)])

    p = [log(sum(y[i] for i in rows) / len(rows))] + [mpf(0)] * (n - 1)
    for _ in range(60):
        step = lu_solve(jacobian(p), matrix(score(p)))
        largest = max(abs(v) for v in step)
        p = [a - b * min(1, 1 / largest) for a, b in zip(p, step)]
        if largest < mpf(10) ** -25:
            break
    covariance = inverse(-jacobian(p))
    show(title, names if poisson else names + ["ln theta"], p, [sqrt(covariance[j, j]) for j in range(n)])
    if not poisson:
        print("  theta", mp.nstr(exp(p[k]), 17), " s.e.", mp.nstr(exp(p[k]) * sqrt(covariance[k, k]), 17))
    print("  log L", mp.nstr(likelihood(p), 17))


def median(names, x, y):
    """Every optimum of a quantile regression meets as many rows as there are coefficients: all such bases, exactly."""
    xs = [[Fraction(int(v)) for v in row] for row in x]
    ys = [Fraction(int(v)) for v in y]
    k = len(xs[0])
    best = None
    for basis in itertools.combinations(range(len(ys)), k):
        a = [xs[i][:] + [ys[i]] for i in basis]
        singular = False
        for c in range(k):
            p = next((r for r in range(c, k) if a[r][c] != 0), None)
            if p is None:
                singular = True
                break
            a[c], a[p] = a[p], a[c]
            a[c] = [v / a[c][c] for v in a[c]]
            for r in range(k):
                if r != c and a[r][c] != 0:
                    f = a[r][c]
                    a[r] = [v - f * u for v, u in zip(a[r], a[c])]
        if singular:
            continue
        beta = [a[r][k] for r in range(k)]
        loss = sum(abs(ys[i] - sum(b * v for b, v in zip(beta, xs[i]))) for i in range(len(ys)))
        if best is None or loss < best[0]:
            best = (loss, beta)
    print("stackloss, median; sum of absolute residuals", float(best[0]))
    for name, b in zip(names, best[1]):
        print("  %-12s %s = %.17g" % (name, b, float(b)))


def with_intercept(rows):
    return [[mpf(1)] + row[1:] for row in rows], [row[0] for row in rows]


for name in ("longley", "norris"):
    head, rows = read(name)
    x, y = with_intercept(rows)
    ols(name, ["(intercept)"] + head[1:], x, y)
head, rows = read("filip")
ols("filip", ["x^%d" % j for j in range(11)], [[row[1] ** j for j in range(11)] for row in rows], [row[0] for row in rows])
head, rows = read("dobson")
x, y = with_intercept(rows)
log_link("dobson", ["(intercept)"] + head[1:], x, y, lambda m: m)
head, rows = read("clotting")
log_link("clotting, log link", ["(intercept)", "log u"], [[mpf(1), log(row[1])] for row in rows],
         [row[0] for row in rows], lambda m: m * m, True)
head, rows = read("quine")
x, y = with_intercept(rows)
log_link("quine, theta 2", ["(intercept)"] + head[1:], x, y, lambda m: m + m * m / 2)
nb(["(intercept)"] + head[1:], x, y)
truncated("quine, days above 0", ["(intercept)"] + head[1:], x, y, False)
truncated("quine, days above 0, Poisson", ["(intercept)"] + head[1:], x, y, True)
head, rows = read("stackloss")
x, y = with_intercept(rows)
median(["(intercept)"] + head[1:], x, y)
