#include "session/failure.h"

#include <algorithm>

#include "core/error.h"

namespace drift {

std::string caught_sentence() {
    try {
        throw;
    } catch (const Error& error) {
        return error.what();
    } catch (const std::exception& error) {
        const std::string all = error.what();
        return all.substr(0, all.find('\n'));
    } catch (...) {
        return "something failed that does not say what it is";
    }
}

std::string failure_line(const std::exception& error) {
    std::string line = error.what();
    line.erase(std::min(line.find('\n'), line.size()));
    return line.empty() ? "the real game has failed" : line;
}

}  // namespace drift
