// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.clv4j.core.data.DataException;

/**
 * Text to read: a file or a stream, with a name for messages. Gzip is recognised by its first bytes, whatever the file is
 * called. The text must be UTF-8; a byte order mark is passed over. What is not text is refused, never read as if it were.
 *
 * <p>This class is immutable; a stream can be read once.
 */
public final class TextInput {

    /** How far the reader can look ahead and come back, in characters. */
    static final int LOOK_AHEAD = 1 << 18;

    private static final int BUFFER = 1 << 16;

    private final String name;
    private final Opener opener;

    private TextInput(String name, Opener opener) {
        this.name = name;
        this.opener = opener;
    }

    private interface Opener {
        InputStream open() throws IOException;
    }

    /**
     * Returns a file as input.
     *
     * @param file the file, plain or gzip
     * @return the input; the file is opened when it is read
     */
    public static TextInput ofFile(Path file) {
        Objects.requireNonNull(file, "file");
        return new TextInput(file.toString(), () -> {
            if (Files.isDirectory(file)) {
                throw new DataException("cannot read " + file + ": it is a folder");
            }
            return Files.newInputStream(file);
        });
    }

    /**
     * Returns a stream as input.
     *
     * @param stream the stream, plain or gzip; closed after reading
     * @param name its name in messages
     * @return the input; good for one reading
     */
    public static TextInput ofStream(InputStream stream, String name) {
        Objects.requireNonNull(stream, "stream");
        return new TextInput(Objects.requireNonNull(name, "name"), () -> stream);
    }

    /**
     * Returns a file as input, or standard input for {@code -}.
     *
     * @param fileOrDash the file's path, or {@code -}
     * @param standardInput what {@code -} means
     * @return the input
     */
    public static TextInput parse(String fileOrDash, InputStream standardInput) {
        return fileOrDash.equals("-")
                ? ofStream(standardInput, "standard input")
                : ofFile(Path.of(Objects.requireNonNull(fileOrDash, "fileOrDash")));
    }

    /**
     * Returns the name in messages.
     *
     * @return the file's path as given, or the stream's name
     */
    public String name() {
        return name;
    }

    /** Opens the text; the reader can be marked {@link #LOOK_AHEAD} characters ahead. */
    BufferedReader open() {
        try {
            return new BufferedReader(new TextReader(decode(opener.open())), LOOK_AHEAD);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static Reader decode(InputStream raw) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(raw, BUFFER);
        try {
            bytes.mark(2);
            boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
            bytes.reset();
            InputStream plain = gzip ? new GZIPInputStream(bytes, BUFFER) : bytes;
            return new InputStreamReader(
                    plain,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT));
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /** Says in one line why reading failed. */
    DataException failure(IOException e) {
        String reason;
        if (e instanceof NoSuchFileException) {
            reason = "there is no such file";
        } else if (e instanceof AccessDeniedException) {
            reason = "access is denied";
        } else if (e instanceof NotTextException) {
            reason = "it has NUL characters, so it is no UTF-8 text; is it a spreadsheet, an archive or UTF-16?";
        } else if (e instanceof CharacterCodingException) {
            reason = "it is not UTF-8 text; convert it to UTF-8 first";
        } else if (e instanceof ZipException || e instanceof EOFException) {
            reason = "it is a damaged or cut-off gzip file";
        } else {
            reason = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
        }
        return new DataException("cannot read " + name + ": " + reason, e);
    }

    /** Signals a NUL character. */
    private static final class NotTextException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Passes over a byte order mark and refuses NUL characters, the surest sign that a file is not text. */
    private static final class TextReader extends FilterReader {
        private boolean started;

        TextReader(Reader in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            char[] one = new char[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int count = in.read(buffer, offset, length);
            if (!started && count > 0) {
                started = true;
                if (buffer[offset] == '\uFEFF') {
                    System.arraycopy(buffer, offset + 1, buffer, offset, count - 1);
                    count = count == 1 ? in.read(buffer, offset, length) : count - 1;
                }
            }
            for (int i = offset; i < offset + count; i++) {
                if (buffer[i] == 0) {
                    throw new NotTextException();
                }
            }
            return count;
        }
    }
}
