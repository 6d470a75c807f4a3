// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.equity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.clv4j.core.data.CustomerBase;
import org.clv4j.core.segment.SegmentCodes;
import org.clv4j.core.segment.Segmentation;

/** Which segment of a breakdown each row belongs to. */
final class SegmentIndex {

    /** Combinations of labels up to which a table of all is kept; beyond, only those that occur are. */
    private static final long LARGEST_TABLE = 1 << 16;

    final List<String> dimensions;
    /** The labels of the segments, in their order. */
    final List<List<String>> segments;
    /** By row, from the first that was asked for. */
    final int[] segmentOf;

    private SegmentIndex(List<String> dimensions, List<List<String>> segments, int[] segmentOf) {
        this.dimensions = dimensions;
        this.segments = segments;
        this.segmentOf = segmentOf;
    }

    static SegmentIndex of(CustomerBase base, List<Segmentation> dimensions) {
        return of(base, dimensions, 0, base.size(), new HashMap<>());
    }

    /** The known codes are of the same rows; what is missing is added. */
    static SegmentIndex of(
            CustomerBase base, List<Segmentation> dimensions, int from, int to, Map<Segmentation, SegmentCodes> known) {
        int[] segmentOf = new int[to - from];
        Crossed segments = new Crossed(List.of(List.of()), new int[1]);
        for (Segmentation dimension : dimensions) {
            SegmentCodes codes = known.computeIfAbsent(
                    dimension, missing -> checked(missing, missing.codes(base, from, to), to - from));
            segments = cross(segments, segmentOf, codes, dimension.order());
        }
        return new SegmentIndex(names(dimensions), sort(segments, segmentOf), segmentOf);
    }

    /** Segments as they were found, with the place of each in their order. */
    private static final class Crossed {
        final List<List<String>> segments;
        final int[] places;

        Crossed(List<List<String>> segments, int[] places) {
            this.segments = segments;
            this.places = places;
        }
    }

    private static SegmentCodes checked(Segmentation dimension, SegmentCodes codes, int rows) {
        if (codes.size() != rows) {
            throw new IllegalArgumentException("`codes` of the segmentation " + dimension.name() + " must be of " + rows
                    + " rows, but were of " + codes.size());
        }
        return codes;
    }

    static List<String> names(List<Segmentation> dimensions) {
        return dimensions.stream().map(Segmentation::name).toList();
    }

    /** The order of segments: of the first dimension's labels, then of the second's. */
    static Comparator<List<String>> order(List<Segmentation> dimensions) {
        List<Comparator<String>> orders =
                dimensions.stream().map(Segmentation::order).toList();
        return (one, other) -> {
            for (int i = 0; i < one.size(); i++) {
                int order = orders.get(i).compare(one.get(i), other.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    /** Splits segments by one more dimension; returns those that occur, numbered as they first do. */
    private static Crossed cross(Crossed segments, int[] segmentOf, SegmentCodes codes, Comparator<String> order) {
        // A value that is spelled like the missing one is the same segment.
        int unknown = codes.labels().indexOf(Segmentation.UNKNOWN);
        int missing = unknown < 0 ? codes.labels().size() : unknown;
        List<String> labels = new ArrayList<>(codes.labels());
        labels.add(Segmentation.UNKNOWN);
        long width = labels.size();
        Numbering numbering = segments.segments.size() * width <= Math.max(LARGEST_TABLE, segmentOf.length)
                ? new Table((int) (segments.segments.size() * width))
                : new Hashes();
        for (int row = 0; row < segmentOf.length; row++) {
            int code = codes.code(row);
            segmentOf[row] = numbering.number(segmentOf[row] * width + (code == SegmentCodes.NONE ? missing : code));
        }
        int[] labelPlaces = places(labels, order);
        long[] keys = numbering.keys();
        List<List<String>> crossed = new ArrayList<>(keys.length);
        long[] places = new long[keys.length];
        for (int i = 0; i < keys.length; i++) {
            int before = (int) (keys[i] / width);
            int code = (int) (keys[i] % width);
            List<String> names = new ArrayList<>(segments.segments.get(before));
            names.add(labels.get(code));
            crossed.add(List.copyOf(names));
            places[i] = segments.places[before] * width + labelPlaces[code];
        }
        long[] sorted = places.clone();
        Arrays.sort(sorted);
        return new Crossed(
                crossed,
                Arrays.stream(places)
                        .mapToInt(place -> Arrays.binarySearch(sorted, place))
                        .toArray());
    }

    /** The place of each label in the order of labels. */
    private static int[] places(List<String> labels, Comparator<String> order) {
        int[] sorted = IntStream.range(0, labels.size())
                .boxed()
                .sorted(Comparator.comparing(labels::get, order))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] places = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            places[sorted[i]] = i;
        }
        return places;
    }

    private static List<List<String>> sort(Crossed found, int[] segmentOf) {
        List<List<String>> inOrder = new ArrayList<>(found.segments);
        for (int i = 0; i < found.places.length; i++) {
            inOrder.set(found.places[i], found.segments.get(i));
        }
        for (int row = 0; row < segmentOf.length; row++) {
            segmentOf[row] = found.places[segmentOf[row]];
        }
        return inOrder;
    }

    /** Numbers keys from 0 as they first come. */
    private abstract static class Numbering {
        private long[] keys = new long[16];
        private int size;

        abstract int number(long key);

        final int next(long key) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, 2 * size);
            }
            keys[size] = key;
            return size++;
        }

        final long[] keys() {
            return Arrays.copyOf(keys, size);
        }
    }

    private static final class Table extends Numbering {
        private final int[] numbers;

        Table(int keys) {
            numbers = new int[keys];
            Arrays.fill(numbers, -1);
        }

        @Override
        int number(long key) {
            int known = numbers[(int) key];
            if (known < 0) {
                known = next(key);
                numbers[(int) key] = known;
            }
            return known;
        }
    }

    private static final class Hashes extends Numbering {
        private final Map<Long, Integer> numbers = new HashMap<>();

        @Override
        int number(long key) {
            return numbers.computeIfAbsent(key, this::next);
        }
    }
}
