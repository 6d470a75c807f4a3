// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The Markdown files of the repository, and the fenced blocks in them. */
final class Markdown {

    /**
     * A fenced block.
     *
     * @param file the file, relative to the root
     * @param line the line of the opening fence, from 1
     * @param language what follows the opening fence
     * @param marker the text of the comment on the line before the fence; empty without one
     * @param text the lines between the fences, each with its line break
     */
    record Block(Path file, int line, String language, String marker, String text) {

        /** Names the place. */
        String where() {
            return file + ":" + line;
        }

        /** The part of the marker after a key, as the b of {@code a: b}; empty if the marker has another key. */
        String marked(String key) {
            return marker.startsWith(key + ": ") ? marker.substring(key.length() + 2) : "";
        }
    }

    private static final String FENCE = "```";

    private Markdown() {}

    /** The repository's root; Surefire says where it is. */
    static Path root() {
        return Path.of(System.getProperty("clv.root")).toAbsolutePath().normalize();
    }

    /** All Markdown files of the repository, sorted; none of a build's. */
    static List<Path> files() {
        List<Path> found = new ArrayList<>();
        collect(root(), found);
        return found.stream().sorted().toList();
    }

    private static void collect(Path folder, List<Path> found) {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (Files.isDirectory(entry)) {
                    if (!name.equals("target") && !name.equals("src") && !name.startsWith(".")) {
                        collect(entry, found);
                    }
                } else if (name.endsWith(".md")) {
                    found.add(entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blocks of all files. */
    static List<Block> blocks() {
        return files().stream().flatMap(file -> blocks(file).stream()).toList();
    }

    /** The blocks of a file, in their order. */
    static List<Block> blocks(Path file) {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = read(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith(FENCE)) {
                continue;
            }
            StringBuilder text = new StringBuilder();
            int open = i;
            for (i++; i < lines.size() && !lines.get(i).equals(FENCE); i++) {
                text.append(lines.get(i)).append('\n');
            }
            if (i == lines.size()) {
                throw new AssertionError(file + ":" + (open + 1) + " opens a block that is never closed");
            }
            blocks.add(new Block(
                    root().relativize(file),
                    open + 1,
                    lines.get(open).substring(FENCE.length()),
                    open == 0 ? "" : comment(lines.get(open - 1)),
                    text.toString()));
        }
        return blocks;
    }

    private static String comment(String line) {
        return line.startsWith("<!-- ") && line.endsWith(" -->") ? line.substring(5, line.length() - 4) : "";
    }

    /** Whether the run is to write what it would compare: {@code -Dclv.docs=update}. */
    static boolean isUpdating() {
        return "update".equals(System.getProperty("clv.docs"));
    }

    /** Replaces the text of a block. */
    static void rewrite(Block block, String text) {
        Path file = root().resolve(block.file());
        String whole = read(file);
        String before = block.marker() + " -->\n" + FENCE + block.language() + "\n";
        String old = before + block.text() + FENCE + "\n";
        if (whole.indexOf(old) != whole.lastIndexOf(old)) {
            throw new AssertionError(block.where() + " is there twice");
        }
        write(file, whole.replace(old, before + text + FENCE + "\n"));
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
