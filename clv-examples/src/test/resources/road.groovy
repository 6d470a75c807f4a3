// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
// snippet:groovy-road
import java.nio.file.Path
import org.clv4j.core.data.*
import org.clv4j.core.equity.EquityAggregator
import org.clv4j.core.model.TransactionSpendModel
import org.clv4j.core.value.*
import org.clv4j.io.TransactionFile
import org.clv4j.models.attrition.BgNbd
import org.clv4j.models.spend.GammaGamma

def log = TransactionFile.withDefaults().readFile(Path.of(args[0])).log()
def base = CustomerBase.of(log, Observation.untilIso('2024-12-31'), TimeScale.WEEKS)
def model = TransactionSpendModel.of(BgNbd.withDefaults(), GammaGamma.withDefaults()).fit(base)
def terms = ValuationTerms.of(Horizon.of(52), DiscountRate.annual(0.10), Margin.of(0.30), CashFlowTiming.AT_PURCHASE)
def equity = EquityAggregator.withDefaults().aggregate(model.value(base, terms))
println "customer equity ${equity.total().equity()}"
// end
