#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: clv4j contributors
"""Truth for MbgNbdTruthTest: MBG/NBD quantities with 30 digits of working precision, written with 20.

Needs mpmath. Run:  python3 mbgnbd_truth.py > ../resources/org/clv4j/models/attrition/mbgnbd_truth.csv

As bgnbd_truth.py, with dropout possible after the first purchase too: the likelihood is a sum over the two ways a history can
have come about, each a product of expectations over the rates.
"""
from mpmath import mp, mpf, beta, exp, expm1, log, log1p, loggamma

from bgnbd_truth import DELTA, HISTORIES, HORIZON, PARAMETERS, over_dropout, scaled_expint


def truth(r, alpha, a, b, x, tx, age):
    rho, bx, scale = r + x, b + x + 1, alpha + age
    purchases_made = loggamma(rho) - loggamma(r) + r * log(alpha)
    # Stayed after each of x + 1 purchases and silent since; or stayed after x of them and left after the last.
    stayed = purchases_made + log(beta(a, b + x + 1) / beta(a, b)) - rho * log(scale)
    left = purchases_made + log(beta(a + 1, b + x) / beta(a, b)) - rho * log(alpha + tx)
    alive = 1 / (1 + exp(left - stayed))
    ll = stayed - log(alive)
    if x == 0 and age == 0:
        ll = mpf(0)  # exactly, where the formula leaves rounding
    active = -expm1(-rho * log1p(HORIZON / scale))

    def purchases(t):
        return over_dropout(a, bx, lambda p: -expm1(-rho * log1p(p * t / scale)) / p)

    def residual(p, at):
        return rho * scaled_expint(rho + 1, at * DELTA / p) / p

    def discounted(p):
        later = exp(-DELTA * HORIZON - rho * log1p(p * HORIZON / scale)) * residual(p, scale + p * HORIZON)
        return residual(p, scale) - later

    return (ll, alive, alive * active, alive * purchases(HORIZON), alive * purchases(mpf(1000)),
            alive * over_dropout(a, bx, discounted), alive * over_dropout(a, bx, lambda p: residual(p, scale)))


def main():
    print('parameters,r,alpha,a,b,frequency,recency,age,log_likelihood,p_alive,p_active_26,expected_26,expected_1000,'
          'discounted_26,residual')
    for name, r, alpha, a, b in PARAMETERS:
        for x, tx, age in HISTORIES:
            values = truth(*(mpf(v) for v in (r, alpha, a, b)), x, mpf(tx), mpf(age))
            print(','.join([name, r, alpha, a, b, str(x), tx, age] + [mp.nstr(v, 20) for v in values]), flush=True)


if __name__ == '__main__':
    main()
