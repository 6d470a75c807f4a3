#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: clv4j contributors
"""Truth for CorrelatedParetoNbdTruthTest: the quantities with 40 digits of working precision, written with 20.

Needs mpmath. Run:  python3 sarmanov_truth.py > ../resources/org/clv4j/models/attrition/sarmanov_truth.csv

Every quantity is the signed mixture of those of four independent Pareto/NBD models, whose cancellation costs some of the 40 digits;
each of them is an integral over time from the definition of the model. The library never takes a difference. Likelihood and P(alive) of
some rows are checked against the integral over both rates, to 10 digits.
"""
from mpmath import mp, mpf, exp, expint, log, log1p, loggamma
from mpmath.calculus.quadrature import GaussLegendre

mp.dps = 40
DELTA = log(mpf('1.1')) / 52
HORIZON = mpf(26)
COUNTS = [0, 1, 7, 40]
NODES = GaussLegendre(mp).calc_nodes(5, mp.prec)
FEW_NODES = GaussLegendre(mp).calc_nodes(4, mp.prec)

# The part of the bound, then c.
PARAMETERS = [
    ('weeks', '0.55', '10.58', '0.61', '11.67', '0.6', '1'),
    ('upper bound', '0.53', '9.85', '0.49', '9.17', '1', '1'),
    ('lower bound', '0.8', '10', '0.7', '30', '-1', '1'),
    ('slow c', '0.48', '8.4', '0.29', '5.4', '1', '30'),
    ('lower and slow c', '2', '3', '1.5', '2', '-1', '20'),
    ('fast c', '0.6', '12', '0.4', '9', '0.9', '0.01'),
    ('alpha tiny', '10.465', '0.00798565181', '3.0516', '2.82', '-0.5', '0.05'),
]
HISTORIES = [
    (0, '0', '0'),
    (0, '0', '38.86'),
    (2, '30.43', '38.86'),
    (7, '38.99', '39'),
    (40, '10', '300'),
    (300, '50', '52'),
]


def over(f, end, scales):
    """The integral of f from 0 to end."""
    points = {mpf(0), end}
    for scale in scales:
        points |= {scale * mpf(4) ** k for k in range(-2, 9)}
    points = sorted(p for p in points if p <= end)
    kept = [points[0]]
    for p in points[1:]:
        if p > kept[-1] * mpf('1.8') or p == end:
            kept.append(p)
    # No panel is wide against its distance from the poles, which lie on the other side of 0.
    return sum((q - p) / 2 * sum(w * f((p + q) / 2 + (q - p) / 2 * x) for x, w in NODES) for p, q in zip(kept, kept[1:]))


def independent(r, a0, s, b0, x, tx, age):
    """What the mixture adds up: everything times the likelihood of this term, up to its factor that depends on x alone."""
    rho = r + x
    a, b = a0 + age, b0 + age
    prior = exp(r * log(a0) + s * log(b0))
    alive = prior * exp(-rho * log(a) - s * log(b))
    values = {'alive': alive}
    scales = [a0 + tx, b0 + tx, 1 / (rho / (a0 + tx) + s / (b0 + tx))]

    def died(y):
        return prior * exp(-rho * log(a0 + tx + y) - (s + 1) * log(b0 + tx + y)) * s

    silence = age - tx
    zero = silence == 0
    values['dead'] = mpf(0) if zero else over(died, silence, scales)
    values['dead_rate'] = mpf(0) if zero else over(lambda y: died(y) * rho / (a0 + tx + y), silence, scales)
    values['dead_dropout'] = mpf(0) if zero else over(lambda y: died(y) * (s + 1) / (b0 + tx + y), silence, scales)
    values['alive_rate'] = alive * rho / a
    values['alive_dropout'] = alive * s / b

    def survives(y):
        return exp(-s * log1p(y / b))

    def first(y):
        return rho / a * exp(-(rho + 1) * log1p(y / a)) * survives(y)

    for horizon in (26, 1000):
        values['expected_%d' % horizon] = alive * rho / a * b / (s - 1) * (1 - exp((1 - s) * log1p(horizon / b)))
    scales = [a, b, 1 / (rho / a + s / b)]
    values['discounted_26'] = alive * rho / a * over(lambda y: exp(-DELTA * y) * survives(y), HORIZON, [b])
    values['residual'] = alive * rho / a * b * exp(DELTA * b) * expint(s, DELTA * b)
    values['later'] = alive * survives(HORIZON)
    values['active'] = alive * over(first, HORIZON, scales)
    values['moment'] = alive * over(lambda y: y * first(y), HORIZON, scales)
    for n in COUNTS[1:]:
        constant = loggamma(rho + n) - loggamma(rho) - loggamma(n + 1)

        def arrivals(y):
            return exp(constant - (rho + n) * log1p(y / a)) * (y / a) ** n

        gone = over(lambda y: arrivals(y) * survives(y) * s / (b + y), HORIZON, scales + [n * a / rho])
        values['p_%d' % n] = alive * (arrivals(HORIZON) * survives(HORIZON) + gone)
    return values


def bounds(r, a, s, b, c):
    A, B = exp(-r * log1p(c / a)), exp(-s * log1p(c / b))
    return A, B, -1 / max(A * B, (1 - A) * (1 - B)), 1 / max(A * (1 - B), B * (1 - A))


def check(r, a, s, b, omega, c, x, tx, age, likelihood, p_alive):
    """The integral over both rates."""
    A, B, _, _ = bounds(r, a, s, b, c)
    mp.dps = 15
    ends = [mpf(0), 0.001, 0.01, 0.1, 0.5, 2, 10]

    def density(l, m):
        gammas = exp(r * log(a) + (r - 1) * log(l) - a * l - loggamma(r) + s * log(b) + (s - 1) * log(m) - b * m - loggamma(s))
        return gammas * (1 + omega * (exp(-c * l) - A) * (exp(-c * m) - B))

    # Over the 20th roots, in which the densities are smooth at 0.
    roots = [e ** 0.05 for e in ends]
    nodes = [((p + q) / 2 + (q - p) / 2 * x, (q - p) / 2 * w) for p, q in zip(roots, roots[1:]) for x, w in FEW_NODES]

    def both(f):
        return sum(v * w * f(u ** 20, m ** 20) * density(u ** 20, m ** 20) * 400 * (u * m) ** 19 for u, v in nodes for m, w in nodes)

    alive = both(lambda l, m: l ** x * exp(-(l + m) * age))
    dead = both(lambda l, m: l ** x * m / (l + m) * (exp(-(l + m) * tx) - exp(-(l + m) * age)))
    mp.dps = 40
    assert abs(alive + dead - likelihood) < 1e-9 * likelihood, (alive + dead, likelihood)
    assert abs(alive / (alive + dead) - p_alive) < 1e-9, (alive / (alive + dead), p_alive)


def main():
    print('parameters,r,alpha,s,beta,omega,c,frequency,recency,age,log_likelihood,p_alive,p_active_26,expected_26,expected_1000,'
          'discounted_26,residual,p_alive_at_26,' + ','.join('p_%d_in_26' % n for n in COUNTS)
          + ',next_within_26,purchase_rate,dropout_rate')
    for name, *texts in PARAMETERS:
        r, a, s, b, part, c = [mpf(float(t)) for t in texts]
        A, B, lowest, highest = bounds(r, a, s, b, c)
        # As the library gets it: the nearest double that is not beyond the bound by more than rounding.
        omega = mpf(float(part * highest if part > 0 else -part * lowest))
        kappa = omega * A * B
        for x, tx, age in HISTORIES:
            t, T = mpf(float(tx)), mpf(float(age))
            mixed = {}
            for weight, a1, b1 in ((1 + kappa, a, b), (-kappa, a + c, b), (-kappa, a, b + c), (kappa, a + c, b + c)):
                for key, value in independent(r, a1, s, b1, x, t, T).items():
                    mixed[key] = mixed.get(key, 0) + weight * value
            rising = loggamma(r + x) - loggamma(r)
            all_ = mixed['alive'] + mixed['dead']
            if x in (0, 2) and name in ('weeks', 'slow c') and T > 0:
                check(r, a, s, b, omega, c, x, t, T, exp(rising) * all_, mixed['alive'] / all_)
            values = [rising + log(all_), mixed['alive'] / all_, mixed['active'] / all_]
            values += [mixed[k] / all_ for k in ('expected_26', 'expected_1000', 'discounted_26', 'residual', 'later')]
            values += [1 - mixed['active'] / all_] + [mixed['p_%d' % n] / all_ for n in COUNTS[1:]]
            values += [mixed['moment'] / mixed['active'], (mixed['alive_rate'] + mixed['dead_rate']) / all_,
                       (mixed['alive_dropout'] + mixed['dead_dropout']) / all_]
            if x == 0 and T == 0:
                values[0] = mpf(0)
            print(','.join([name] + texts[:4] + [repr(float(omega)), texts[5], str(x), tx, age]
                           + [mp.nstr(v, 20) for v in values]), flush=True)


if __name__ == '__main__':
    main()
