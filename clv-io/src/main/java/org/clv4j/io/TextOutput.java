// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.clv4j.core.data.DataException;

/**
 * Where text goes: a file or a stream. Text is UTF-8 with line feeds on every system.
 *
 * <p>A file appears complete or not at all: it is written beside its place and then renamed. This class is immutable.
 */
public final class TextOutput {

    private final String name;
    private final Target target;

    private TextOutput(String name, Target target) {
        this.name = name;
        this.target = target;
    }

    private interface Target {
        void write(Body body) throws IOException;
    }

    /** Writes the text. */
    public interface Body {
        /**
         * Writes the text.
         *
         * @param out receives the text; buffered, not to be closed
         * @throws IOException if writing fails
         */
        void writeTo(Writer out) throws IOException;
    }

    /**
     * Returns a file as output.
     *
     * @param file the file; replaced if it is there. A device or pipe is written to directly
     * @return the output
     */
    public static TextOutput toFile(Path file) {
        Objects.requireNonNull(file, "file");
        return new TextOutput(file.toString(), body -> writeFile(file, body));
    }

    /**
     * Returns a stream as output.
     *
     * @param stream the stream; flushed after writing, not closed
     * @param name its name in messages
     * @return the output
     */
    public static TextOutput toStream(OutputStream stream, String name) {
        Objects.requireNonNull(stream, "stream");
        return new TextOutput(Objects.requireNonNull(name, "name"), body -> writeStream(stream, body));
    }

    /**
     * Returns a file as output, or standard output for {@code -}.
     *
     * @param fileOrDash the file's path, or {@code -}
     * @param standardOutput what {@code -} means
     * @return the output
     */
    public static TextOutput parse(String fileOrDash, OutputStream standardOutput) {
        return fileOrDash.equals("-")
                ? toStream(standardOutput, "standard output")
                : toFile(Path.of(Objects.requireNonNull(fileOrDash, "fileOrDash")));
    }

    /**
     * Returns the name in messages.
     *
     * @return the file's path as given, or the stream's name
     */
    public String name() {
        return name;
    }

    /**
     * Writes a text. If it fails, a file stays as it was.
     *
     * @param body writes the text
     * @throws DataException if the text cannot be written
     */
    public void write(Body body) {
        try {
            target.write(body);
        } catch (IOException e) {
            throw failure(e);
        } catch (UncheckedIOException e) {
            throw failure(Objects.requireNonNull(e.getCause()));
        }
    }

    private DataException failure(IOException e) {
        String reason = e instanceof NoSuchFileException
                ? "there is no such folder"
                : Objects.requireNonNullElse(
                        e instanceof FileSystemException file ? file.getReason() : e.getMessage(),
                        e.getClass().getSimpleName());
        return new DataException("cannot write " + name + ": " + reason, e);
    }

    private static void writeStream(OutputStream stream, Body body) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
        body.writeTo(writer);
        writer.flush();
    }

    private static void writeFile(Path file, Body body) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a folder");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            try (OutputStream device = Files.newOutputStream(file)) {
                writeStream(device, body);
            }
            return;
        }
        // A link stays a link: what it points to is replaced.
        Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path beside = place.resolveSibling(
                "." + place.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            try (OutputStream stream = Files.newOutputStream(beside)) {
                writeStream(stream, body);
            }
            move(beside, place);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
