local key, owner, state, route, note = unpack(ARGV, 4, 8)
local job = load(key)
if not owns(job, owner) or LISTED[job.state] then
  return false
end
if job.state == 'sending' then
  end_send(job, 0)
end
if state == 'unknown' then
  job.state = 'unknown'
end
if state == 'unknown' or route == 'push' then
  give_back(job)
end
job.note = note
conclude(job, 'delivered')
save(job)
return false
