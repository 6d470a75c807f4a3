// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.Observation;
import org.clv4j.core.equity.EquityDraws;
import org.clv4j.core.equity.FigureDraws;
import org.clv4j.core.equity.ForecastFigure;
import org.clv4j.core.equity.SegmentDraws;

/** A period of a forecast, or its whole horizon, which has the number 0. */
record ForecastPeriod(int number, double start, double end, Optional<LocalDate> firstDay, Optional<LocalDate> lastDay) {

    /** The periods in their order, and then the horizon. */
    static List<ForecastPeriod> of(EquityDraws draws, CustomerBase base) {
        List<ForecastPeriod> periods = new ArrayList<>();
        double start = 0;
        for (double end : draws.periodEnds()) {
            periods.add(of(periods.size() + 1, start, end, base));
            start = end;
        }
        periods.add(of(0, 0, draws.terms().horizon().periods(), base));
        return periods;
    }

    private static ForecastPeriod of(int number, double start, double end, CustomerBase base) {
        Optional<LocalDate> now = base.observation().map(Observation::end);
        return new ForecastPeriod(
                number,
                start,
                end,
                now.map(day -> base.timeScale().plus(day, start).plusDays(1)),
                now.map(day -> base.timeScale().plus(day, end)));
    }

    String name() {
        return number == 0 ? "total" : Integer.toString(number);
    }

    FigureDraws of(SegmentDraws segment, ForecastFigure figure) {
        return number == 0 ? segment.figure(figure) : segment.figure(figure, number);
    }

    static double checkProbability(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("`probability` must be in [0, 1], but was " + probability);
        }
        return probability;
    }
}
