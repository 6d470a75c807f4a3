// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.data.DataException;

/**
 * A condition on customers such as {@code frequency>0}, {@code repeat_amount<=4000} or {@code country=France}: a column of the summary, or
 * an attribute. A customer without a value of an attribute fails it, whatever it says.
 */
final class CustomerFilter {

    private static final Pattern CONDITION = Pattern.compile("\\s*([^<>=!]+?)\\s*(<=|>=|!=|<|>|=)\\s*(.+?)\\s*");

    private final String text;
    private final String name;
    private final String operator;
    private final String value;

    private CustomerFilter(String text, String name, String operator, String value) {
        this.text = text;
        this.name = name;
        this.operator = operator;
        this.value = value;
    }

    static CustomerFilter parse(String text) {
        Matcher condition = CONDITION.matcher(text);
        if (!condition.matches()) {
            throw new UsageException("--where must be a condition such as 'frequency>0', but was '" + text + "'");
        }
        CustomerFilter filter =
                new CustomerFilter(text.strip(), condition.group(1), condition.group(2), condition.group(3));
        if (filter.attribute().isEmpty() || filter.isOrdered()) {
            Options.number("--where " + filter.name, filter.value);
        }
        return filter;
    }

    private boolean isOrdered() {
        return operator.contains("<") || operator.contains(">");
    }

    /** The attribute that customers need for it. */
    Optional<String> attribute() {
        return CustomerFigures.has(name) ? Optional.empty() : Optional.of(name);
    }

    boolean holds(CustomerBase base, int row) {
        if (CustomerFigures.has(name)) {
            return holds(Double.compare(CustomerFigures.of(name).of(base, row), number(value)));
        }
        Optional<String> label = base.attribute(name, row);
        if (label.isEmpty()) {
            return false;
        }
        if (!isOrdered()) {
            return label.get().equals(value) == operator.equals("=");
        }
        try {
            return holds(Double.compare(Double.parseDouble(label.get().strip()), number(value)));
        } catch (NumberFormatException e) {
            throw new DataException(
                    "`" + name + "` of customer " + base.id(row) + " must be a number for --where " + text
                            + ", but was '" + label.get() + "'",
                    e);
        }
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    private boolean holds(int order) {
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "=" -> order == 0;
            default -> order != 0;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
