#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: clv4j contributors
"""Truth for SpecialFunctionsTest: special functions with 30 digits of working precision, written with 20.

Needs mpmath. Run:  python3 special_truth.py > ../resources/org/clv4j/models/internal/special/special_truth.csv
"""
from mpmath import mp, mpf, digamma, exp, loggamma, quad

mp.dps = 30

print('function,first,second,value')
for x in ('1e-6', '0.01', '0.3', '0.9999', '1.4616321449683623', '2', '7.5', '9.999', '10', '123.4', '1e6'):
    print(f'digamma,{x},0,{mp.nstr(digamma(mpf(x)), 20)}')
for a in ('1e-7', '0.2426', '3', '1000.5'):
    for n in (0, 1, 5, 127, 128, 129, 10000):
        print(f'rising,{a},{n},{mp.nstr(loggamma(mpf(a) + n) - loggamma(mpf(a)), 20)}')
for order in ('1.0000001', '1.2426', '1.5', '2', '2.9999999', '3', '7.2', '20.5', '1000.3'):
    for x in ('1e-9', '0.07', '0.999', '1', '80', '1e6'):
        v, z = mpf(order), mpf(x)
        # From the definition; substituting s = e^u - 1 spreads both scales evenly.
        scale = 1 / (z + v)
        cuts = [0] + [scale * 4 ** k for k in range(-1, 40) if scale * 4 ** k < 8] + [8, 12, 16, 20, 22, 24, 30, 70]
        value = quad(lambda u: exp(-z * (exp(u) - 1) - (v - 1) * u), cuts)
        print(f'scaled_exponential_integral,{order},{x},{mp.nstr(value, 20)}')
