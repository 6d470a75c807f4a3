#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: clv4j contributors
"""Truth for SpendTruthTest: spend models with 30 digits of working precision, written with 20.

Needs mpmath. Run:  python3 spend_truth.py > ../resources/org/clv4j/models/spend/spend_truth.csv

Everything is an integral over what differs between customers, the rate nu or the mean theta, of prior times likelihood:
no conjugate posterior is used. The log-normal model's likelihood is the Fenton-Wilkinson density that the model states.
"""
from mpmath import mp, mpf, exp, expm1, log, log1p, loggamma, pi, quad, sqrt

mp.dps = 30

MODELS = [
    ('gamma-gamma', '6.25', '3.74', '15.44'),
    ('gamma-gamma', '0.5', '1.5', '200'),
    ('gamma-gamma', '80', '30', '4'),
    ('normal', '36', '22', '19'),
    ('normal', '-5', '0.1', '40'),
    ('normal', '2', '300', '0.5'),
    ('lognormal', '3.3', '0.6', '0.45'),
    ('lognormal', '-1', '0.05', '1.5'),
    ('lognormal', '5', '2', '0.01'),
]
HISTORIES = [(0, '0'), (1, '0.01'), (1, '30'), (2, '35.5'), (7, '28.25'), (60, '41'), (900, '12')]


def normal(value, mean, variance):
    return -(log(2 * pi * variance) + (value - mean) ** 2 / variance) / 2


def gamma_gamma(p, q, g, x, z):
    """Log-density over u = ln nu, its centre and width for the panels, and the mean spend of u."""
    def density(u):
        prior = q * log(g) - loggamma(q) + q * u - g * exp(u)
        if x == 0:
            return prior
        return prior + p * x * (u + log(x)) - loggamma(p * x) + (p * x - 1) * log(z) - x * z * exp(u)
    shape = p * x + q
    return density, log(shape / (g + x * z)), 1 / sqrt(shape), lambda u: p * exp(-u), lambda a: log(p / a), -1


def normal_model(mu, tau, sigma, x, z):
    def density(u):
        return normal(u, mu, tau ** 2) + (normal(z, u, sigma ** 2 / x) if x else 0)
    precision = 1 / tau ** 2 + x / sigma ** 2
    return density, (mu / tau ** 2 + x * z / sigma ** 2) / precision, 1 / sqrt(precision), lambda u: u, lambda a: a, 1


def lognormal(mu, tau, sigma, x, z):
    def density(u):
        prior = normal(u, mu, tau ** 2)
        if x == 0:
            return prior
        s2 = log1p(expm1(sigma ** 2) / x)
        return prior + normal(log(z), u + (sigma ** 2 - s2) / 2, s2) - log(z)
    if x == 0:
        centre, width = mu, tau
    else:
        s2 = log1p(expm1(sigma ** 2) / x)
        precision = 1 / tau ** 2 + 1 / s2
        centre = (mu / tau ** 2 + (log(z) - (sigma ** 2 - s2) / 2) / s2) / precision
        width = 1 / sqrt(precision)
    half = sigma ** 2 / 2
    return density, centre, width, lambda u: exp(u + half), lambda a: log(a) - half, 1


KINDS = {'gamma-gamma': gamma_gamma, 'normal': normal_model, 'lognormal': lognormal}


def text(value):
    return mp.nstr(value, 20)


def main():
    print('model,a,b,c,frequency,value,log_likelihood,expected,low,below_low,middle,below_middle,high,below_high')
    for name, *stated in MODELS:
        parameters = [mpf(float(value)) for value in stated]
        for x, value in HISTORIES:
            density, centre, width, spend, inverse, sign = KINDS[name](*parameters, x, mpf(float(value)))
            top = density(centre)
            panels = [centre + k * width for k in (-90, -45, -24, -12, -6, -3, -1, 0, 1, 3, 6, 12, 24, 45)]

            def weight(u):
                return exp(density(u) - top)

            total = quad(weight, panels)
            expected = quad(lambda u: weight(u) * spend(u), panels) / total
            row = [name, *stated, x, value, text(log(total) + top) if x else '0', text(expected)]
            for steps in (-2, mpf(1) / 2, 3):
                # Doubles, so that the library sees the same amount.
                amount = mpf(float(spend(centre + sign * steps * width)))
                border = inverse(amount)
                if sign > 0:
                    part = quad(weight, [u for u in panels if u < border] + [border])
                else:
                    part = quad(weight, [border] + [u for u in panels if u > border])
                row += [repr(float(amount)), text(part / total)]
            print(','.join(str(cell) for cell in row), flush=True)


if __name__ == '__main__':
    main()
