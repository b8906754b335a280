// Files as other people's recorders write them, made small here: for tests that know what must come out, and as seeds to damage.
#pragma once

#include <hdf5.h>
#include <zip.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "core/frame.h"

namespace drift {

// Frame i of made play: all its pixels differ from those of other frames.
inline Frame made_frame(int i, int width = 12, int height = 8) {
    Frame frame(width, height);
    for (std::size_t at = 0; at < frame.rgb.size(); ++at)
        frame.rgb[at] = static_cast<std::uint8_t>(i * 31 + static_cast<int>(at) * 7);
    return frame;
}

// ---- NumPy

inline std::string made_npy(const std::string& descr, bool fortran, const std::vector<int>& shape,
                            const std::string& data) {
    std::string header = "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': (";
    for (int extent : shape) header += std::to_string(extent) + ",";
    header += "), }";
    header.append(63 - (10 + header.size()) % 64, ' ');
    header += '\n';
    return std::string("\x93NUMPY\x01\x00", 8) + static_cast<char>(header.size() & 255) +
           static_cast<char>(header.size() >> 8) + header + data;
}

template <class Number>
std::string bytes_of_numbers(const std::vector<Number>& numbers) {
    return {reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(Number)};
}

inline std::string made_zip(const std::vector<std::pair<std::string, std::string>>& entries, bool deflated) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* into = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(into);
    zip_t* archive = zip_open_from_source(into, ZIP_CREATE | ZIP_TRUNCATE, &error);
    for (const auto& [name, bytes] : entries) {
        const auto at =
            zip_file_add(archive, name.c_str(), zip_source_buffer(archive, bytes.data(), bytes.size(), 0), 0);
        zip_set_file_compression(archive, static_cast<zip_uint64_t>(at), deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0);
    }
    zip_close(archive);
    zip_stat_t facts;
    zip_source_stat(into, &facts);
    std::string made(facts.size, '\0');
    zip_source_open(into);
    zip_source_read(into, made.data(), made.size());
    zip_source_close(into);
    zip_source_free(into);
    return made;
}

inline std::string frames_of_numpy(int count, bool fortran, int width = 12, int height = 8) {
    std::string data;
    if (!fortran)
        for (int i = 0; i < count; ++i) {
            const Frame frame = made_frame(i, width, height);
            data.append(frame.rgb.begin(), frame.rgb.end());
        }
    else
        for (int c = 0; c < 3; ++c)
            for (int x = 0; x < width; ++x)
                for (int y = 0; y < height; ++y)
                    for (int i = 0; i < count; ++i) data += static_cast<char>(made_frame(i, width, height).at(x, y)[c]);
    return made_npy("|u1", fortran, {count, height, width, 3}, data);
}

// actions are 0, 1, 2, 0 ...
inline std::string made_npz(int count, bool fortran, bool deflated) {
    std::vector<std::int64_t> actions;
    for (int i = 0; i < count; ++i) actions.push_back(i % 3);
    return made_zip({{"frames.npy", frames_of_numpy(count, fortran)},
                     {"actions.npy", made_npy("<i8", false, {count}, bytes_of_numbers(actions))},
                     {"names.npy", made_npy("|O", false, {2}, "not looked at")}},
                    deflated);
}

// ---- torch.save, as DIAMOND does it

class MadePickle {
public:
    void text(const std::string& text) { put('X'), number(text.size()), out_ += text; }
    void key(const std::string& name) { text(name); }
    // A view of storage `key` of that class, with as many elements.
    void tensor(const std::string& storage, const char* type, std::size_t elements, const std::vector<int>& shape,
                const std::vector<int>& strides, int offset) {
        global("torch._utils", "_rebuild_tensor_v2");
        out_ += "((";
        text("storage"), global("torch", type), text(storage), text("cpu"), integer(static_cast<int>(elements));
        out_ += "tQ";
        integer(offset), tuple(shape), tuple(strides);
        out_ += '\x89';
        global("collections", "OrderedDict");
        out_ += ")RtR";
    }
    std::string dictionary() const { return std::string("\x80\x02}(", 4) + out_ + "u."; }
    void begin_inner() { out_ += "}("; }
    void end_inner() { out_ += 'u'; }

private:
    void put(char c) { out_ += c; }
    void number(std::size_t n) {
        for (int i = 0; i < 4; ++i) out_ += static_cast<char>(n >> 8 * i & 255);
    }
    void integer(int n) { put('J'), number(static_cast<std::uint32_t>(n)); }
    void tuple(const std::vector<int>& numbers) {
        put('(');
        for (int n : numbers) integer(n);
        put('t');
    }
    void global(const char* module, const char* name) { out_ += std::string("c") + module + "\n" + name + "\n"; }
    std::string out_;
};

// Episode of `count` steps of 12 x 8 pixels, actions 0, 1, 2, 0 ..., its end at the last one with the final observation as frame `count`, which lies
// behind another in its storage.
inline std::string made_diamond(int count) {
    std::string obs, final_picture;
    std::vector<std::int64_t> act;
    std::vector<float> rew, last(2 * 3 * 8 * 12, 0.5f);
    std::string end, trunc;
    for (int i = 0; i <= count; ++i) {
        const Frame frame = made_frame(i);
        std::size_t at = last.size() / 2;
        for (int c = 0; c < 3; ++c)
            for (int y = 0; y < 8; ++y)
                for (int x = 0; x < 12; ++x) {
                    if (i < count) obs += static_cast<char>(frame.at(x, y)[c]);
                    else last[at++] = static_cast<float>(frame.at(x, y)[c]) / 255 * 2 - 1;
                }
        if (i == count) break;
        act.push_back(i % 3), rew.push_back(static_cast<float>(i) / 2);
        end += static_cast<char>(i == count - 1), trunc += '\0';
    }
    MadePickle pickle;
    const int size = 3 * 8 * 12;
    pickle.key("obs"), pickle.tensor("0", "ByteStorage", obs.size(), {count, 3, 8, 12}, {size, 96, 12, 1}, 0);
    pickle.key("act"), pickle.tensor("1", "LongStorage", act.size(), {count}, {1}, 0);
    pickle.key("rew"), pickle.tensor("2", "FloatStorage", rew.size(), {count}, {1}, 0);
    pickle.key("end"), pickle.tensor("3", "ByteStorage", end.size(), {count}, {1}, 0);
    pickle.key("trunc"), pickle.tensor("4", "ByteStorage", trunc.size(), {count}, {1}, 0);
    pickle.key("info"), pickle.begin_inner(), pickle.key("final_observation");
    pickle.tensor("5", "FloatStorage", last.size(), {3, 8, 12}, {96, 12, 1}, size), pickle.end_inner();
    return made_zip({{"e/data.pkl", pickle.dictionary()},
                     {"e/data/0", obs},
                     {"e/data/1", bytes_of_numbers(act)},
                     {"e/data/2", bytes_of_numbers(rew)},
                     {"e/data/3", end},
                     {"e/data/4", trunc},
                     {"e/data/5", bytes_of_numbers(last)}},
                    false);
}

// ---- HDF5

class MadeHdf5 {
public:
    MadeHdf5() {
        const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
        H5Pset_fapl_core(access, 1 << 16, false);
        file_ = H5Fcreate("made", H5F_ACC_TRUNC, H5P_DEFAULT, access);
        H5Pclose(access);
    }
    ~MadeHdf5() { H5Fclose(file_); }
    MadeHdf5(const MadeHdf5&) = delete;
    MadeHdf5& operator=(const MadeHdf5&) = delete;

    void group(const std::string& path) {
        H5Gclose(H5Gcreate2(file_, path.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    }
    // Deflated where there are chunks.
    void array(const std::string& path, hid_t type, const std::vector<hsize_t>& shape, const void* data,
               const std::vector<hsize_t>& chunk = {}) {
        const hid_t space = H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
        const hid_t made = H5Pcreate(H5P_DATASET_CREATE);
        if (!chunk.empty()) H5Pset_chunk(made, static_cast<int>(chunk.size()), chunk.data()), H5Pset_deflate(made, 4);
        const hid_t set = H5Dcreate2(file_, path.c_str(), type, space, H5P_DEFAULT, made, H5P_DEFAULT);
        H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data);
        H5Dclose(set), H5Pclose(made), H5Sclose(space);
    }
    void external_link(const std::string& path, const char* file, const char* object) {
        H5Lcreate_external(file, object, file_, path.c_str(), H5P_DEFAULT, H5P_DEFAULT);
    }
    void runs(const std::string& path, const std::vector<std::string>& all) {
        std::vector<hvl_t> runs;
        for (const std::string& one : all) runs.push_back({one.size(), const_cast<char*>(one.data())});
        const hid_t type = H5Tvlen_create(H5T_NATIVE_UCHAR);
        array(path, type, {runs.size()}, runs.data());
        H5Tclose(type);
    }
    std::string bytes() const {
        H5Fflush(file_, H5F_SCOPE_GLOBAL);
        std::string image(static_cast<std::size_t>(H5Fget_file_image(file_, nullptr, 0)), '\0');
        H5Fget_file_image(file_, image.data(), image.size());
        return image;
    }

private:
    hid_t file_ = -1;
};

// Step i holds key i % 11 and the left button at even i, and moves the mouse by class i % 23 and i % 15.
inline std::string made_csgo(int count) {
    MadeHdf5 file;
    for (int i = 0; i < count; ++i) {
        const std::string name = "frame_" + std::to_string(i) + "_";
        Frame frame = made_frame(i);
        for (std::size_t at = 0; at < frame.rgb.size(); at += 3) std::swap(frame.rgb[at], frame.rgb[at + 2]);
        file.array(name + "x", H5T_NATIVE_UCHAR, {8, 12, 3}, frame.rgb.data());
        std::vector<double> y(51, 0), aux(54, 0), helper{i == 3 ? 1.0 : 0.0, 0.0};
        y[static_cast<std::size_t>(i % 11)] = 1, y[11] = i % 2 == 0, y[static_cast<std::size_t>(13 + i % 23)] = 1,
                                       y[static_cast<std::size_t>(36 + i % 15)] = 1;
        file.array(name + "y", H5T_NATIVE_DOUBLE, {51}, y.data());
        file.array(name + "xaux", H5T_NATIVE_DOUBLE, {54}, aux.data());
        file.array(name + "helperarr", H5T_NATIVE_DOUBLE, {2}, helper.data());
    }
    return file.bytes();
}

// Two episodes of `count` steps and a picture more each: raw and deflated in pieces, or the runs of bytes that `jpegs` are. Actions are 5, 6, 7, 5 ...
inline std::string made_minari(int count, const std::vector<std::string>& jpegs = {}) {
    MadeHdf5 file;
    for (int episode = 0; episode < 2; ++episode) {
        const std::string name = "episode_" + std::to_string(episode);
        file.group(name);
        std::string pixels, cut(static_cast<std::size_t>(count), '\0'), end = cut;
        std::vector<std::int64_t> actions;
        std::vector<double> rewards;
        for (int i = 0; i <= count; ++i) {
            const Frame frame = made_frame(i + 50 * episode);
            pixels.append(frame.rgb.begin(), frame.rgb.end());
            if (i < count) actions.push_back(5 + i % 3), rewards.push_back(i * 0.25);
        }
        end.back() = 1;
        const auto frames = static_cast<hsize_t>(count) + 1, steps = static_cast<hsize_t>(count);
        if (jpegs.empty())
            file.array(name + "/observations", H5T_NATIVE_UCHAR, {frames, 8, 12, 3}, pixels.data(), {3, 5, 7, 2});
        else file.runs(name + "/observations", jpegs);
        file.array(name + "/actions", H5T_NATIVE_INT64, {steps}, actions.data());
        file.array(name + "/rewards", H5T_NATIVE_DOUBLE, {steps}, rewards.data());
        file.array(name + "/terminations", H5T_NATIVE_SCHAR, {steps}, end.data());
        file.array(name + "/truncations", H5T_NATIVE_SCHAR, {steps}, cut.data());
    }
    return file.bytes();
}
inline const char* const made_minari_notes =
    R"({"dataset_id": "made/blocks-v0", "action_space": "{\"type\": \"Discrete\", \"start\": 5, \"n\": 4}"})";

// ---- Texts

inline std::string made_tick(const std::string& keys, const std::string& buttons, const std::string& fresh, double dx,
                             int hotbar, bool gui = false) {
    return "{\"mouse\": {\"dx\": " + std::to_string(dx) + ", \"dy\": -0.5, \"dwheel\": 0.0, \"buttons\": [" + buttons +
           "], \"newButtons\": [" + fresh + "]}, \"keyboard\": {\"keys\": [" + keys +
           "]}, \"isGuiOpen\": " + (gui ? "true" : "false") + ", \"hotbar\": " + std::to_string(hotbar) + "}\n";
}

inline const std::string made_owl_events =
    "timestamp,event_type,event_args\n"
    "999.5,START,\"{\"inputs\":{\"keyboard\":[87],\"mouse\":[]}}\"\n"
    "1000,VIDEO_START,\"[]\"\n"
    "1000.05,MOUSE_MOVE,\"[3,-1]\"\n"
    "1000.1,KEYBOARD,\"[32,true]\"\n"
    "1000.12,KEYBOARD,\"[32,false]\"\n"
    "1000.13,MOUSE_MOVE,\"[4,2]\"\n"
    "1000.2,KEYBOARD,\"[87,false]\"\n"
    "1000.3,MOUSE_BUTTON,\"[1,true]\"\n"
    "1000.35,SCROLL,\"[120]\"\n"
    "1000.36,SCROLL,\"[-240]\"\n"
    "1001,END,\"[]\"\n";

}  // namespace drift
