#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: clv4j contributors
"""Truth for PeriodicDeathOpportunityTruthTest: quantities of the model with 40 digits of working precision, written with 20.

Needs mpmath. Run:  python3 pdo_truth.py > ../resources/org/clv4j/models/attrition/pdo_truth.csv

Everything is a plain sum over opportunities from the definition of the model, term by term, with beta functions by their recurrence and
purchases in an interval as differences of powers; the library sums many opportunities by a quadrature and takes other forms. The
infinite horizon is a sum to where nothing is left. Times and the interval are decimals, so that a tie is one exactly; a
purchase comes before an opportunity at the same time.
"""
from mpmath import mp, mpf, ceil, exp, floor, log, loggamma

mp.dps = 40
DELTA = log(mpf('1.1')) / 52
HORIZON = mpf(26)

PARAMETERS = [
    ('cdnow', '3', '0.5211', '10.3149', '0.4181', '2.3221'),
    ('many opportunities', '0.125', '0.55', '10.58', '0.61', '93.75'),
    ('few opportunities', '19.5', '0.8', '4', '0.7', '1.2'),
    ('a is 1', '2', '1.2', '6', '1', '3'),
    ('all leave at once', '4', '0.8', '5', '30', '0.5'),
    ('hardly any leave', '1', '2', '9', '0.02', '4'),
    ('alpha tiny', '0.5', '10.465', '0.00798565181', '3.0516', '2.82'),
    ('alike', '1.5', '50', '120', '40', '600'),
]
HISTORIES = [
    (0, '0', '0'),
    (0, '0', '38.875'),
    (0, '0', '39'),
    (1, '12', '12'),
    (2, '30.4375', '38.859375'),
    (7, '38.5', '39'),
    (40, '10', '300'),
    (300, '50', '52'),
    (5000, '100', '100.5'),
]
COUNTS = [0, 1, 7, 40]


class Customer:

    def __init__(self, parameters, x, tx, age):
        self.tau, self.r, self.alpha, self.a, self.b = parameters
        self.x, self.tx, self.age, self.rho = x, tx, age, parameters[1] + x

    def passed(self, t):
        return int(floor(t / self.tau))

    def before(self, t):
        """Without an opportunity at t itself."""
        return max(0, int(ceil(t / self.tau)) - 1)

    def silent(self, start, t):
        """P(no purchase from start to t), were there no death."""
        return exp(self.rho * (log(self.alpha + start) - log(self.alpha + t)))

    def history(self):
        """ln L, P(alive), P(dead), and given dead the means of λ and θ."""
        r, alpha, a, b, rho, tx, age = self.r, self.alpha, self.a, self.b, self.rho, self.tx, self.age
        before, now = self.before(tx), self.passed(age)
        constant = loggamma(rho) - loggamma(r) + r * log(alpha) - rho * log(alpha + tx)
        survived = mpf(1)
        for i in range(before):
            survived *= (b + i) / (a + b + i)
        stays, dead, rate, dropout = mpf(1), mpf(0), mpf(0), mpf(0)
        for j in range(before + 1, now + 1):
            here = stays * a / (a + b + j - 1) * self.silent(tx, j * self.tau)
            dead += here
            rate += here * rho / (alpha + j * self.tau)
            dropout += here * (a + 1) / (a + b + j)
            stays *= (b + j - 1) / (a + b + j - 1)
        alive = stays * self.silent(tx, age)
        total = alive + dead
        if self.x == 0 and age == 0:
            return mpf(0), mpf(1), mpf(0), mpf(0), mpf(0)
        return (constant + log(survived) + log(total), alive / total, dead / total,
                rate / dead if dead > 0 else mpf(0), dropout / dead if dead > 0 else mpf(0))

    def intervals(self, horizon):
        """From now: start, end and the probability of being alive in between, given alive now."""
        m, start, alive = self.passed(self.age), mpf(0), mpf(1)
        end = (m + 1) * self.tau - self.age
        while end < horizon:
            yield start, end, alive
            alive *= (self.b + m) / (self.a + self.b + m)
            m += 1
            start, end = end, (m + 1) * self.tau - self.age
        yield start, horizon, alive

    def expected(self, horizon, delta):
        time = mpf(0)
        for start, end, alive in self.intervals(horizon):
            time += alive * ((exp(-delta * start) - exp(-delta * end)) / delta if delta else end - start)
        return self.rho / (self.alpha + self.age) * time

    def residual(self):
        """Discounted expected purchases without end: intervals until what is left is below the digits."""
        m = self.passed(self.age)
        first = (m + 1) * self.tau - self.age
        time = (1 - exp(-DELTA * first)) / DELTA
        c, kept = self.b + m, exp(-DELTA * self.tau)
        term = exp(-DELTA * first) * c / (self.a + c)
        c += 1
        total = mpf(0)
        while term > mpf(10) ** -26 * total * (1 - kept):
            total += term
            term *= kept * c / (self.a + c)
            c += 1
        return self.rho / (self.alpha + self.age) * (time + total * (1 - kept) / DELTA)

    def first_purchase(self, horizon):
        """P(a purchase in the horizon) and the mean of its time, given alive."""
        scale, rho = self.alpha + self.age, self.rho
        chance, moment = mpf(0), mpf(0)

        def none(u):
            return (1 + u / scale) ** -rho

        def tail(u):
            """∫ none from u on, up to a constant."""
            return -scale / (rho - 1) * (1 + u / scale) ** (1 - rho) if rho != 1 else scale * log(1 + u / scale)

        for start, end, alive in self.intervals(horizon):
            chance += alive * (none(start) - none(end))
            moment += alive * (start * none(start) - end * none(end) + tail(end) - tail(start))
        return chance, moment / chance

    def count(self, n, horizon):
        scale, rho = self.alpha + self.age, self.rho
        constant = loggamma(rho + n) - loggamma(rho) - loggamma(n + 1)

        def arrivals(u):
            return exp(constant - (rho + n) * log(1 + u / scale)) * (u / scale) ** n

        total, before = mpf(0), None
        for start, end, alive in self.intervals(horizon):
            if before is not None:
                total += (before - alive) * arrivals(start)
            before = alive
        return total + before * arrivals(horizon)

    def alive_at(self, horizon):
        m, later, alive = self.passed(self.age), self.passed(self.age + horizon), mpf(1)
        for i in range(m, later):
            alive *= (self.b + i) / (self.a + self.b + i)
        return alive

    def values(self):
        ll, alive, dead, dead_rate, dead_dropout = self.history()
        chance, mean = self.first_purchase(HORIZON)
        result = [ll, alive, alive * chance, alive * self.expected(HORIZON, 0), alive * self.expected(mpf(1000), 0),
                  alive * self.expected(HORIZON, DELTA), alive * self.residual(), alive * self.alive_at(HORIZON)]
        result += [alive * self.count(n, HORIZON) + (dead if n == 0 else 0) for n in COUNTS]
        result += [mean, alive * self.rho / (self.alpha + self.age) + dead * dead_rate,
                   alive * self.a / (self.a + self.b + self.passed(self.age)) + dead * dead_dropout]
        return result


def main():
    print('parameters,tau,r,alpha,a,b,frequency,recency,age,log_likelihood,p_alive,p_active_26,expected_26,expected_1000,'
          'discounted_26,residual,p_alive_at_26,' + ','.join('p_%d_in_26' % n for n in COUNTS)
          + ',next_within_26,purchase_rate,dropout_rate')
    for name, *parameters in PARAMETERS:
        for x, tx, age in HISTORIES:
            values = Customer([mpf(v) for v in parameters], x, mpf(tx), mpf(age)).values()
            print(','.join([name] + parameters + [str(x), tx, age] + [mp.nstr(v, 20) for v in values]), flush=True)


if __name__ == '__main__':
    main()
