// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.clv4j.core.data.Customer;
import org.clv4j.core.data.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is known of customers beside their transactions, as segments and acquisition costs: one row a customer, with a
 * header. The id stands in the column {@code customer_id} if there is one, else in the first; every other column is an
 * attribute, and an empty field an absent one. A row that cannot be read refuses the file.
 *
 * <p>This class is immutable and thread-safe; the {@code with…} methods return copies.
 */
public final class SegmentsFile {

    private final @Nullable Delimiter delimiter;
    private final @Nullable String acquisitionCost;

    private SegmentsFile(@Nullable Delimiter delimiter, @Nullable String acquisitionCost) {
        this.delimiter = delimiter;
        this.acquisitionCost = acquisitionCost;
    }

    /**
     * Returns a reader that detects the delimiter and takes every column for an attribute.
     *
     * @return the reader
     */
    public static SegmentsFile withDefaults() {
        return new SegmentsFile(null, null);
    }

    /**
     * Returns a copy with a stated delimiter.
     *
     * @param newDelimiter the delimiter
     * @return the copy
     */
    public SegmentsFile withDelimiter(Delimiter newDelimiter) {
        return new SegmentsFile(Objects.requireNonNull(newDelimiter, "delimiter"), acquisitionCost);
    }

    /**
     * Returns a copy that takes the acquisition cost from a column.
     *
     * @param column the column's name, or its number from 1
     * @return the copy
     */
    public SegmentsFile withAcquisitionCost(String column) {
        return new SegmentsFile(delimiter, Objects.requireNonNull(column, "acquisitionCost"));
    }

    /**
     * Reads a file.
     *
     * @param file the file, plain or gzip
     * @return the customers, in the order of the file
     * @throws DataException if the file cannot be read, has a bad row, names a column twice or a customer twice
     */
    public List<Customer> readFile(Path file) {
        return read(TextInput.ofFile(file));
    }

    /**
     * Reads an input.
     *
     * @param input the input
     * @return the customers, in the order of the file
     * @throws DataException if the input cannot be read, has a bad row, names a column twice or a customer twice
     */
    public List<Customer> read(TextInput input) {
        try (Table table = Table.open(input, delimiter, 2)) {
            return read(table);
        }
    }

    private List<Customer> read(Table table) {
        Header header = new Header(table.name(), table.sample().get(0));
        header.requireUnique();
        int id = Math.max(0, header.indexOf("customerid"));
        int cost = acquisitionCost == null ? -1 : header.find("acquisition cost", acquisitionCost);
        BadRows badRows = new BadRows(BadRowPolicy.ERROR);
        Map<String, Long> lineOfId = new HashMap<>();
        List<Customer> customers = new ArrayList<>();
        AmountParser costs = new AmountParser(false);
        RowReader rows = table.rows();
        rows.next();
        while (rows.next()) {
            if (rows.columns() != header.columns()) {
                badRows.add(
                        table.name(),
                        rows.line(),
                        "columns",
                        Integer.toString(rows.columns()),
                        "must be " + header.columns() + " as in the first line");
                continue;
            }
            String customerId = rows.cell(id).toString();
            Long earlier = lineOfId.putIfAbsent(customerId, rows.line());
            if (customerId.isEmpty()) {
                badRows.add(table.name(), rows.line(), header.name(id), customerId, "must not be blank");
                continue;
            }
            if (earlier != null) {
                badRows.add(
                        table.name(),
                        rows.line(),
                        header.name(id),
                        customerId,
                        "must be unique (line " + earlier + " has it too)");
                continue;
            }
            Customer customer = Customer.of(customerId);
            for (int column = 0; column < header.columns(); column++) {
                Cell cell = rows.cell(column);
                if (column == id || cell.length() == 0) {
                    continue;
                }
                if (column == cost) {
                    BigDecimal number = costs.parse(cell);
                    if (number == null || number.signum() < 0 || !AmountParser.isSane(number)) {
                        badRows.add(
                                table.name(),
                                rows.line(),
                                header.name(column),
                                cell.toString(),
                                "must be an acquisition cost of at least 0");
                    } else {
                        customer = customer.withAcquisitionCost(number);
                    }
                } else if (!header.name(column).isEmpty()) {
                    customer = customer.withAttribute(header.name(column), cell.toString());
                }
            }
            customers.add(customer);
        }
        badRows.check("correct the file");
        if (customers.isEmpty()) {
            throw new DataException(table.name() + " has a header but no customers");
        }
        return List.copyOf(customers);
    }
}
