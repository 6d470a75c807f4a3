// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.models.regression;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Group;
import net.jqwik.api.Tag;
import org.clv4j.core.learn.Learner;
import org.clv4j.core.learn.LearnerCatalog;
import org.clv4j.core.learn.LearnerProvider;
import org.clv4j.testkit.LearnerContract;

/** Every regression passes the contract, found by the name that files and commands have for it. */
@SuppressWarnings("ClassCanBeStatic") // Groups of jqwik must be inner classes.
class LearnersContractTest {

    private abstract static class OfName extends LearnerContract {
        private final LearnerProvider provider;

        OfName(String name) {
            provider = LearnerCatalog.load().find(name);
        }

        @Override
        protected LearnerProvider provider() {
            return provider;
        }
    }

    @Group
    class Ols extends OfName {
        Ols() {
            super("ols");
        }
    }

    @Group
    class OlsWithoutIntercept extends OfName {
        OlsWithoutIntercept() {
            super("ols");
        }

        @Override
        protected Learner learner() {
            return LinearRegression.withDefaults().withoutIntercept();
        }
    }

    @Group
    class Ridge extends OfName {
        Ridge() {
            super("ridge");
        }
    }

    @Group
    class ElasticNetOfPenalty extends OfName {
        ElasticNetOfPenalty() {
            super("elastic-net");
        }

        @Override
        protected Learner learner() {
            return ElasticNet.of(0.05, 0.7);
        }
    }

    @Group
    class ElasticNetByCrossValidation extends OfName {
        ElasticNetByCrossValidation() {
            super("elastic-net");
        }

        @Override
        protected Optional<String> whyOrderMatters() {
            return Optional.of("rows are put into folds in their order");
        }

        @Override
        protected Optional<String> whyWeightsAreNotRepetitions() {
            return Optional.of("repeated rows fall into several folds");
        }
    }

    @Group
    class Median extends OfName {
        Median() {
            super("quantile");
        }
    }

    @Group
    class Quantiles extends OfName {
        Quantiles() {
            super("quantile");
        }

        @Override
        protected Learner learner() {
            return QuantileRegression.of(0.3).withQuantiles(List.of(0.01, 0.5, 0.9, 0.99));
        }
    }

    @Group
    class Poisson extends OfName {
        Poisson() {
            super("poisson");
        }

        @Override
        protected List<? extends Number> impossibleTargets() {
            return List.of(-1);
        }
    }

    @Group
    class NegativeBinomial extends OfName {
        NegativeBinomial() {
            super("nb2");
        }

        @Override
        protected List<? extends Number> impossibleTargets() {
            return List.of(-1, 0.5);
        }
    }

    @Group
    class Gamma extends OfName {
        Gamma() {
            super("gamma");
        }

        @Override
        protected double target(double signal, SplittableRandom random) {
            return Math.exp(3 + signal + 0.5 * random.nextGaussian());
        }

        @Override
        protected List<? extends Number> impossibleTargets() {
            return List.of(-1, 0);
        }
    }

    /** The power is sought by a hundred fits. */
    @Group
    @Tag("study")
    class Tweedie extends OfName {
        Tweedie() {
            super("tweedie");
        }

        /** The power is sought to four digits. */
        @Override
        protected double orderTolerance() {
            return 1e-4;
        }

        @Override
        protected double weightTolerance() {
            return 1e-4;
        }

        @Override
        protected List<? extends Number> impossibleTargets() {
            return List.of(-1);
        }
    }

    @Group
    class TweedieOfPower extends OfName {
        TweedieOfPower() {
            super("tweedie");
        }

        @Override
        protected Learner learner() {
            return GeneralisedLinearModel.tweedie(1.4);
        }
    }

    @Group
    class Logistic extends OfName {
        Logistic() {
            super("logistic");
        }

        @Override
        protected double target(double signal, SplittableRandom random) {
            return random.nextDouble() < 1 / (1 + Math.exp(-2 * signal)) ? 1 : 0;
        }

        @Override
        protected List<? extends Number> impossibleTargets() {
            return List.of(-1, 0.5, 2);
        }
    }

    @Group
    class GammaTwoPart extends OfName {
        GammaTwoPart() {
            super("two-part");
        }

        @Override
        protected List<? extends Number> impossibleTargets() {
            return List.of(-1);
        }
    }

    @Group
    class SmearingTwoPart extends OfName {
        SmearingTwoPart() {
            super("two-part-smearing");
        }

        @Override
        protected List<? extends Number> impossibleTargets() {
            return List.of(-1);
        }
    }

    @Group
    class HurdleOfCounts extends OfName {
        HurdleOfCounts() {
            super("hurdle");
        }

        @Override
        protected List<? extends Number> impossibleTargets() {
            return List.of(-1, 0.5, 1_000_001);
        }
    }

    @Group
    class Ziln extends OfName {
        Ziln() {
            super("ziln");
        }

        @Override
        protected List<? extends Number> impossibleTargets() {
            return List.of(-1);
        }
    }
}
