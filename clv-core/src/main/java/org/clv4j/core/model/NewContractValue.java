// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.model;

/**
 * What a new customer under contract is worth, before and after the first bill. The two differ by that bill; what a customer is worth who
 * has renewed already is a third value, {@link ContractModel.Fitted#valueAfterRenewals}. Compare acquisition cost with {@link
 * #notYetAcquired}; a customer in the books has {@link #justAcquired}, and the first bill among what was realised.
 *
 * @param notYetAcquired the present value of the margin of all bills, the first one, which is due at once, included; cost of acquisition
 *     not taken off
 * @param justAcquired the same without the first bill, which is paid
 */
public record NewContractValue(double notYetAcquired, double justAcquired) {}
