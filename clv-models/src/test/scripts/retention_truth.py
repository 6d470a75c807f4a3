#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: clv4j contributors
"""Truth for RetentionTruthTest: survival, lifetimes and elasticities with 40 digits of working precision, written with 20.

Needs mpmath. Run:  python3 retention_truth.py > ../resources/org/clv4j/models/contract/retention_truth.csv

Sums are Gauss's function and Hurwitz's zeta where they have such a form and mpmath gets it right; else all terms one by one, or the first
of them and the rest by Euler and Maclaurin's formula with an adaptive quadrature. The library adds by panels. An empty field is an infinite sum.
"""
from mpmath import mp, mpf, bernoulli, diff, exp, factorial, hyp2f1, hyperu, log, loggamma, quad, zeta

mp.dps = 40
COLUMNS = ['model', 'first', 'second', 'third', 'renewals', 'rate', 'log_survival', 'survival_after_3', 'leaves_next',
           'periods_12', 'begin_12', 'begin', 'residual', 'elasticity', 'lifetime', 'continuous']
ROWS = [
    ('sbg', '0.704077', '1.182043', '', 0, '0.1'),
    ('sbg', '0.668088', '3.806095', '', 7, '0.1'),
    ('sbg', '3.798', '15.192', '', 2, '0.1'),
    ('sbg', '1.5', '2', '', 3, '1e-9'),
    ('sbg', '0.3', '0.5', '', 1, '1e-6'),
    ('sbg', '1e-6', '1e-6', '', 0, '0.05'),
    ('sbg', '1e-6', '1e6', '', 0, '0.01'),
    ('sbg', '1e6', '1e-6', '', 1, '0.1'),
    ('sbg', '1e6', '1e6', '', 5, '0.1'),
    ('sbg', '1e4', '1e6', '', 100, '0.001'),
    ('sbg', '1.00000011920928955078125', '3', '', 0, '0.1'),
    ('sbg', '20', '1000', '', 40, '1e-12'),
    ('sbg', '2.5', '0.01', '', 2000000000, '1e-8'),
    ('sbg', '2729239', '3028525', '', 83537386, '1e-6'),
    ('bdw', '0.455614', '0.779326', '1.283451', 0, '0.1'),
    ('bdw', '0.214253', '1.426575', '1.723565', 7, '0.1'),
    ('bdw', '0.704077', '1.182043', '1', 2, '0.1'),
    ('bdw', '0.3', '2', '0.5', 1, '0.001'),
    ('bdw', '2', '50', '3', 4, '0.01'),
    ('bdw', '1e-6', '1', '1.5', 0, '0.01'),
    ('bdw', '100', '1e4', '0.8', 10, '0.001'),
    ('bdw', '1.5', '0.2', '10', 1, '0.1'),
    ('bdw', '1e6', '1e6', '0.2', 3, '0.1'),
    ('bdw', '0.5', '2', '1.3', 1000000, '0.001'),
    ('pareto-ii', '1.4', '3', '', 0, '0.1'),
    ('pareto-ii', '0.5', '0.2', '', 4, '1e-6'),
    ('pareto-ii', '1', '12', '', 1, '0.01'),
    ('pareto-ii', '1e-6', '1e-6', '', 3, '0.05'),
    ('pareto-ii', '30', '1000', '', 12, '1e-4'),
    ('pareto-ii', '1.01', '5', '', 0, '0.1'),
    ('weibull-gamma', '0.8', '2.5', '1.2', 0, '0.1'),
    ('weibull-gamma', '5', '40', '0.6', 6, '0.001'),
    ('weibull-gamma', '1.3', '1000', '4', 2, '0.01'),
    ('weibull-gamma', '0.1', '1e-3', '2', 5, '0.05'),
    ('weibull-aft', '4', '0.8', '', 0, '0.1'),
    ('weibull-aft', '200', '3', '', 50, '0.001'),
    ('weibull-aft', '0.5', '0.3', '', 2, '0.01'),
    ('weibull-aft', '1', '0.1', '', 0, '1e-6'),
]


def log_survival(model, a, b, c):
    if model in ('sbg', 'bdw'):
        return lambda t: loggamma(b + t ** c) + loggamma(a + b) - loggamma(b) - loggamma(a + b + t ** c)
    if model in ('pareto-ii', 'weibull-gamma'):
        return lambda t: -a * log(1 + t ** c / b)
    return lambda t: -(t / a) ** b


def summed(term, first):
    """Terms one by one up to where derivatives are small, then Euler and Maclaurin."""
    total = sum(term(mpf(t)) for t in range(first))
    n = mpf(first)
    total += term(n) / 2
    v, part = log(n), total
    while abs(part) > total * mpf(10) ** -30:
        part = quad(lambda u: term(exp(u)) * exp(u), [v, v + mpf('0.5')])
        total += part
        v += mpf('0.5')
    for k in range(1, 8):
        total -= bernoulli(2 * k) / factorial(2 * k) * diff(term, n, 2 * k - 1)
    return total


def recurred(a, b, v):
    """Of sBG customers, sum and first moment term by term."""
    term, total, moment, t = mpf(1), mpf(1), mpf(0), 0
    while term * (t + 1) > moment * mpf(10) ** -35 or t < 3:
        term *= (b + t) / (a + b + t) * v
        t += 1
        total += term
        moment += t * term
    return total, moment


def row(model, strings, n, rate):
    a, b = mpf(strings[0]), mpf(strings[1])
    c = mpf(strings[2] or 1)
    d = mpf(rate)
    v = 1 / (1 + d)
    of = log_survival(model, a, b, c)

    def ahead(t):
        return exp(of(n + t) - of(mpf(n)))

    lifetime = continuous = ''
    if model == 'sbg' and d >= mpf('0.001'):
        begin, moment = recurred(a, b + n, v)
    elif model == 'sbg' and b + n < 1000:
        begin = hyp2f1(1, b + n, a + b + n, v)
        moment = v * (b + n) / (a + b + n) * hyp2f1(2, b + n + 1, a + b + n + 1, v)
    else:
        begin = summed(lambda t: ahead(t) * v ** t, 200)
        moment = summed(lambda t: t * ahead(t) * v ** t, 200)
    if model == 'sbg':
        lifetime = (a + b + n - 1) / (a - 1) if a > 1 else ''
    elif model == 'pareto-ii':
        z = b + n
        delta = log(1 + d)
        continuous = z ** a * delta ** (a - 1) * hyperu(a, a, delta * z)
        # Of large arguments zeta is not to be trusted.
        lifetime = '' if a <= 1 else z ** a * zeta(a, z) if a < 1.5 else summed(ahead, 200)
    elif model == 'weibull-aft' or a * c > mpf('1.5'):
        lifetime = summed(ahead, 200)
    figures = [of(mpf(n)) if n else mpf(0), ahead(3), 1 - ahead(1), sum(ahead(t) for t in range(12)),
               sum(ahead(t) * v ** t for t in range(12)), begin, begin - 1, moment / begin, lifetime, continuous]
    return [mp.nstr(x, 20) if x != '' else '' for x in figures]


print(','.join(COLUMNS))
for model, first, second, third, renewals, rate in ROWS:
    print(','.join([model, first, second, third, str(renewals), rate]
                   + row(model, (first, second, third), renewals, rate)), flush=True)
